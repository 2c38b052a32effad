/**
 * Geometry of one pass of a satellite on a circular orbit over a resting spherical Earth: enough for a typical pass
 * where no orbit is given. Angular rate sqrt(GM / a^3) with GM of WGS84; cos psi = cos psi_0 cos(n t), psi_0 the
 * Earth-central angle at closest approach. Limits: no Earth rotation (a few per cent of the duration), no refraction.
 */
const GM_M3_S2 = 3.986004418e14
/** Mean radius of the Earth (IUGG), metres. */
export const EARTH_RADIUS_M = 6_371_008.8

export interface PassGeometry {
  /** From closest approach. */
  t_s: Float64Array
  range_m: Float64Array
  elevation_rad: Float64Array
}

export interface PassShape {
  altitude_m: number
  maxElevation_rad: number
  minElevation_rad: number
  maxRange_m: number
}

/** Earth-central angle at which a satellite at radius `a` stands at an elevation. */
const centralAngle = (a_m: number, elevation_rad: number): number =>
  Math.acos((EARTH_RADIUS_M / a_m) * Math.cos(elevation_rad)) - elevation_rad

/**
 * The pass' usable seconds, one row each, above the lowest elevation and within the longest range.
 * @throws RangeError unless the altitude is above 0 and the elevations lie from 0 to 90 deg.
 */
export function overheadPass(shape: PassShape): PassGeometry {
  const { altitude_m, maxElevation_rad, minElevation_rad } = shape
  for (const elevation of [maxElevation_rad, minElevation_rad])
    if (!(altitude_m > 0 && elevation >= 0 && elevation <= Math.PI / 2))
      throw new RangeError(
        `Pass at ${altitude_m} m, elevation ${elevation} rad: give an altitude above 0 and 0 to pi/2.`,
      )
  const a_m = EARTH_RADIUS_M + altitude_m
  const rate = Math.sqrt(GM_M3_S2 / a_m ** 3)
  const half_s = Math.ceil(centralAngle(a_m, minElevation_rad) / rate)
  const cosNearest = Math.cos(centralAngle(a_m, maxElevation_rad))
  const rows = Array.from({ length: 2 * half_s + 1 }, (_, i) => {
    const t = i - half_s
    return [t, ...lookAt(a_m, cosNearest * Math.cos(rate * t))]
  })
  const usable = rows.filter(([, r, el]) => el >= minElevation_rad && r <= shape.maxRange_m)
  const [t_s, range_m, elevation_rad] = [0, 1, 2].map((k) =>
    Float64Array.from(usable, (row) => row[k]),
  )
  return { t_s, range_m, elevation_rad }
}

/** Slant range and elevation at the cosine of the Earth-central angle. */
function lookAt(a_m: number, cosPsi: number): [number, number] {
  const squared = EARTH_RADIUS_M ** 2 + a_m ** 2 - 2 * EARTH_RADIUS_M * a_m * cosPsi
  const range_m = Math.sqrt(squared)
  return [range_m, Math.asin(Math.min(1, (a_m * cosPsi - EARTH_RADIUS_M) / range_m))]
}
