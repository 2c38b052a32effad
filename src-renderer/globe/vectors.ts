/** Vectors from the Earth's centre, m, Earth-fixed (ECEF), and what of them a camera sees. */

export type Vector = readonly [number, number, number]

/** A little inside the ellipsoid, so that a station on the ground is not hidden by its own ground. */
const HIDING_RADIUS_M = 6_330_000
/** Mean radius of the Earth, m. */
export const EARTH_RADIUS_M = 6_371_000

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const scaled = (a: Vector, by: number): Vector => [a[0] * by, a[1] * by, a[2] * by]
export const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
export const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const norm = (a: Vector): number => Math.sqrt(dot(a, a))
export const unit = (a: Vector): Vector => scaled(a, 1 / norm(a))
export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

/** Whether the Earth stands between the eye and a point. */
export function hidden(eye: Vector, point: Vector): boolean {
  const ray = minus(point, eye)
  const nearest = -dot(eye, ray) / dot(ray, ray)
  if (nearest <= 0 || nearest >= 1) return false
  return norm(plus(eye, scaled(ray, nearest))) < HIDING_RADIUS_M
}

/** A place on a spherical Earth by latitude and longitude, degrees; for pictures only. */
export function placeOnSphere(lat_deg: number, lon_deg: number, radius_m: number): Vector {
  const [lat, lon] = [(lat_deg * Math.PI) / 180, (lon_deg * Math.PI) / 180]
  return scaled(
    [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)],
    radius_m,
  )
}

/**
 * The rim, at the satellite's distance from the Earth's centre, of what a station sees above an elevation.
 * @returns points around the station; spherical Earth.
 */
export function visibilityRim(
  station: Vector,
  orbitRadius_m: number,
  minElevation_rad: number,
  points: number,
): Vector[] {
  const ground_m = norm(station)
  const angle =
    Math.acos((ground_m / orbitRadius_m) * Math.cos(minElevation_rad)) - minElevation_rad
  const up = unit(station)
  const side = unit(Math.abs(up[2]) > 0.99 ? cross(up, [1, 0, 0]) : cross(up, [0, 0, 1]))
  const other = cross(up, side)
  return Array.from({ length: points }, (_, index) => {
    const turn = (2 * Math.PI * index) / points
    const out = plus(scaled(side, Math.cos(turn)), scaled(other, Math.sin(turn)))
    return scaled(plus(scaled(up, Math.cos(angle)), scaled(out, Math.sin(angle))), orbitRadius_m)
  })
}

export interface OrbitPath {
  times_ms: Float64Array
  /** x, y, z after one another. */
  ecef_m: Float64Array
}

export const pathPoint = ({ ecef_m }: OrbitPath, index: number): Vector => [
  ecef_m[3 * index] ?? NaN,
  ecef_m[3 * index + 1] ?? NaN,
  ecef_m[3 * index + 2] ?? NaN,
]

/** Where the satellite is at an instant, between two points of its path; null outside of it. */
export function pathAt(path: OrbitPath, utc_ms: number): Vector | null {
  const { times_ms } = path
  const after = times_ms.findIndex((time) => time >= utc_ms)
  if (after < 0 || !(utc_ms >= (times_ms[0] ?? NaN))) return null
  if (after === 0) return pathPoint(path, 0)
  const from = times_ms[after - 1] ?? NaN
  const share = (utc_ms - from) / ((times_ms[after] ?? NaN) - from)
  const [a, b] = [pathPoint(path, after - 1), pathPoint(path, after)]
  return plus(scaled(a, 1 - share), scaled(b, share))
}
