/** Lowest usable elevation in a direction, from a station's horizon mask. */
import type { Site } from '../model/station'
import { degrees } from '../model/units'

type Corner = [number, number]

/** Corners in order of azimuth, with the last repeated before north and the first after it. */
function closed(mask: Corner[]): Corner[] {
  const corners = mask.map(([azimuth, elevation]): Corner => [
    ((azimuth % 360) + 360) % 360,
    elevation,
  ])
  corners.sort((a, b) => a[0] - b[0])
  const first = corners[0]
  const last = corners[corners.length - 1]
  return [[last[0] - 360, last[1]], ...corners, [first[0] + 360, first[1]]]
}

/**
 * Elevation of the horizon mask in degrees at an azimuth, linear between corners; 0 for a flat horizon.
 * @param azimuth_rad clockwise from true north.
 */
export function maskElevation_deg(site: Pick<Site, 'horizon_mask'>, azimuth_rad: number): number {
  if (site.horizon_mask.length === 0) return 0
  const azimuth_deg = ((degrees(azimuth_rad) % 360) + 360) % 360
  const corners = closed(site.horizon_mask)
  const next = corners.findIndex((corner, i) => i > 0 && corner[0] >= azimuth_deg)
  const [right, left] = [corners[next], corners[next - 1]]
  const width = right[0] - left[0]
  if (width === 0) return Math.max(left[1], right[1])
  return left[1] + ((right[1] - left[1]) * (azimuth_deg - left[0])) / width
}
