/** How far one clock is ahead of another, as a line or along a track. */

/** The second clock reads `offset_ps + drift (t - at_ps)` more than the first at the first's reading t. */
export interface ClockOffset {
  at_ps: number
  offset_ps: number
  /** Seconds per second that the second clock runs fast. */
  drift: number
}

/** Nodes in time order, straight between them; before and after them the first and last drift hold. */
export interface OffsetTrack {
  nodes: ClockOffset[]
  /** Rms of coincidences about the track; NaN without any. */
  residual_ps: number
}

/** The offset at a reading of the first clock. */
export function offsetAt(track: ClockOffset | OffsetTrack, time_ps: number): number {
  const { at_ps, offset_ps, drift } = lineAt(track, time_ps)
  return offset_ps + drift * (time_ps - at_ps)
}

/** The straight piece that holds at a reading of the first clock, and the reading up to which it holds. */
export function lineAt(
  track: ClockOffset | OffsetTrack,
  time_ps: number,
): ClockOffset & { until_ps: number } {
  if (!('nodes' in track)) return { ...track, until_ps: Infinity }
  const { nodes } = track
  const next = firstAfter(nodes, time_ps)
  if (next === 0) return { ...nodes[0], until_ps: nodes[0].at_ps }
  if (next === nodes.length) return { ...nodes[next - 1], until_ps: Infinity }
  const [left, right] = [nodes[next - 1], nodes[next]]
  const drift = (right.offset_ps - left.offset_ps) / (right.at_ps - left.at_ps)
  return { ...left, drift, until_ps: right.at_ps }
}

function firstAfter(nodes: ClockOffset[], time_ps: number): number {
  let low = 0
  let high = nodes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (nodes[middle].at_ps <= time_ps) low = middle + 1
    else high = middle
  }
  return low
}
