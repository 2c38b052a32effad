/**
 * From TEME to the Earth-fixed frame, and the WGS84 ellipsoid.
 * Source: Vallado et al., AIAA 2006-6753 (GMST-1982 about z, Earth rate 7.29211514670698e-5 rad/s);
 * NIMA TR8350.2 (WGS84).
 * Limits: UT1 = UTC (dUT1 ignored, up to 0.9 s of Earth rotation), no polar motion.
 */

export interface Vector {
  x: number
  y: number
  z: number
}

/** Earth's rotation rate, rad/s, as used with TEME. */
export const EARTH_RATE_RAD_S = 7.29211514670698e-5
/** WGS84 semi-major axis, m. */
export const WGS84_AXIS_M = 6_378_137
const WGS84_FLATTENING = 1 / 298.257223563
const WGS84_ECCENTRICITY_2 = WGS84_FLATTENING * (2 - WGS84_FLATTENING)

/** POSIX ms of J2000 (2000-01-01T12:00:00Z). */
const J2000_MS = 946_728_000_000

/** Days of UTC since J2000. */
export const daysSinceJ2000 = (utc_ms: number): number => (utc_ms - J2000_MS) / 86_400_000

/** Greenwich mean sidereal time of 1982, radians in [0, 2 pi). */
export function siderealAngle(utc_ms: number): number {
  const t = daysSinceJ2000(utc_ms) / 36_525
  const seconds =
    67_310.54841 + (876_600 * 3600 + 8_640_184.812866) * t + 0.093104 * t * t - 6.2e-6 * t ** 3
  const turns = seconds / 86_400
  return (turns - Math.floor(turns)) * 2 * Math.PI
}

/** Turns the axes about z: coordinates in a frame that leads the old one by the angle. */
export function turnAxes(v: Vector, angle_rad: number): Vector {
  const [c, s] = [Math.cos(angle_rad), Math.sin(angle_rad)]
  return { x: c * v.x + s * v.y, y: c * v.y - s * v.x, z: v.z }
}

/**
 * Earth-fixed position of a WGS84 place, metres.
 * @param latitude_rad geodetic, north positive
 * @param longitude_rad east positive
 * @param height_m above the ellipsoid
 */
export function geodeticToEarthFixed(
  latitude_rad: number,
  longitude_rad: number,
  height_m: number,
): Vector {
  const normal_m = normalRadius_m(latitude_rad)
  const ring_m = (normal_m + height_m) * Math.cos(latitude_rad)
  return {
    x: ring_m * Math.cos(longitude_rad),
    y: ring_m * Math.sin(longitude_rad),
    z: (normal_m * (1 - WGS84_ECCENTRICITY_2) + height_m) * Math.sin(latitude_rad),
  }
}

export interface Geodetic {
  latitude_rad: number
  /** East positive, in (-pi, pi]. */
  longitude_rad: number
  /** Above the WGS84 ellipsoid. */
  height_m: number
}

/** Radius of curvature in the prime vertical, metres. */
function normalRadius_m(latitude_rad: number): number {
  const s = Math.sin(latitude_rad)
  return WGS84_AXIS_M / Math.sqrt(1 - WGS84_ECCENTRICITY_2 * s * s)
}

/** WGS84 latitude, longitude and height of an Earth-fixed position, by fixed-point iteration. */
export function earthFixedToGeodetic(position_m: Vector): Geodetic {
  const ring_m = Math.hypot(position_m.x, position_m.y)
  let latitude_rad = Math.atan2(position_m.z, ring_m * (1 - WGS84_ECCENTRICITY_2))
  for (let pass = 0; pass < 6; pass += 1) {
    const lift_m = WGS84_ECCENTRICITY_2 * normalRadius_m(latitude_rad) * Math.sin(latitude_rad)
    latitude_rad = Math.atan2(position_m.z + lift_m, ring_m)
  }
  const along_m = ring_m * Math.cos(latitude_rad) + position_m.z * Math.sin(latitude_rad)
  const height_m = along_m - WGS84_AXIS_M ** 2 / normalRadius_m(latitude_rad)
  return { latitude_rad, longitude_rad: Math.atan2(position_m.y, position_m.x), height_m }
}

export const dot = (a: Vector, b: Vector): number => a.x * b.x + a.y * b.y + a.z * b.z
export const minus = (a: Vector, b: Vector): Vector => ({
  x: a.x - b.x,
  y: a.y - b.y,
  z: a.z - b.z,
})
export const length = (v: Vector): number => Math.sqrt(dot(v, v))

/** Angle between two directions, radians, exact near 0 and pi too. */
export function angleBetween(a: Vector, b: Vector): number {
  const cross = { x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x }
  return Math.atan2(length(cross), dot(a, b))
}
