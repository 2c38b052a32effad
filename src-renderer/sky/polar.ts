/** The sky as a disc: zenith in the middle, north up, east right; units of the disc's radius. */

export interface DiscPoint {
  x: number
  y: number
}

/** Place on the disc of an azimuth and elevation, degrees; the rim is the horizon. */
export function onDisc(azimuth_deg: number, elevation_deg: number): DiscPoint {
  const radius = (90 - elevation_deg) / 90
  const azimuth = (azimuth_deg * Math.PI) / 180
  return { x: radius * Math.sin(azimuth), y: -radius * Math.cos(azimuth) }
}

/** Path data of a track between two rows, above the horizon only. */
export function discPath(
  azimuth_deg: Float64Array,
  elevation_deg: Float64Array,
  from: number,
  to: number,
): string {
  const steps: string[] = []
  for (let row = from; row <= to && row < azimuth_deg.length; row += 1) {
    if (!((elevation_deg[row] ?? NaN) >= 0)) continue
    const { x, y } = onDisc(azimuth_deg[row] ?? NaN, elevation_deg[row] ?? NaN)
    steps.push(`${steps.length ? 'L' : 'M'}${x.toFixed(4)} ${y.toFixed(4)}`)
  }
  return steps.join('')
}
