/**
 * Ranges that any element set must keep, whatever format it came in.
 * Kepler's third law with the WGS72 gravitational parameter that SGP4 itself uses.
 * Limit: the perigee is the mean (Kozai) one, within some km of the osculating perigee.
 */
import type { Elements } from '../model/elements'
import { degrees } from '../model/units'

/** WGS72 gravitational parameter, m^3/s^2. */
const MU_M3_S2 = 3.986008e14
/** WGS72 Earth radius, m. */
const EARTH_RADIUS_M = 6_378_135
const TURN = 2 * Math.PI

/** Mean perigee height above the WGS72 sphere, metres. */
export function perigeeHeight_m(elements: Elements): number {
  const axis_m = Math.cbrt(MU_M3_S2 / elements.meanMotion_rad_s ** 2)
  return axis_m * (1 - elements.eccentricity) - EARTH_RADIUS_M
}

function angleReasons(elements: Elements): string[] {
  const angles: [string, number, number][] = [
    ['inclination', elements.inclination_rad, Math.PI],
    ['right ascension of the ascending node', elements.raan_rad, TURN],
    ['argument of perigee', elements.argumentOfPerigee_rad, TURN],
    ['mean anomaly', elements.meanAnomaly_rad, TURN],
  ]
  return angles
    .filter(([, value, limit]) => !(value >= 0 && value <= limit + 1e-12))
    .map(([name, value, limit]) => {
      const range = `0 to ${degrees(limit).toFixed(0)} degrees`
      return `${name} is ${degrees(value).toFixed(4)} degrees, it must lie in ${range}`
    })
}

function shapeReasons(elements: Elements): string[] {
  const reasons: string[] = []
  const motion_rev_day = (elements.meanMotion_rad_s * 86_400) / TURN
  if (!(elements.eccentricity >= 0 && elements.eccentricity < 1))
    reasons.push(`eccentricity is ${elements.eccentricity}, it must lie in 0 to below 1`)
  if (!(motion_rev_day > 0 && motion_rev_day < 18))
    reasons.push(
      `mean motion is ${motion_rev_day} revolutions a day, it must lie above 0 and below 18`,
    )
  else if (reasons.length === 0 && perigeeHeight_m(elements) < 0)
    reasons.push(
      `perigee is ${(perigeeHeight_m(elements) / 1000).toFixed(0)} km, which is under the ground`,
    )
  return reasons
}

/**
 * Names every element that lies outside its physical range.
 * @returns reasons in words with the value and the range; empty when the set is sound.
 */
export function limitReasons(elements: Elements): string[] {
  const reasons = [...angleReasons(elements), ...shapeReasons(elements)]
  if (!(Math.abs(elements.bstar_per_earth_radius) < 10))
    reasons.push(`B* is ${elements.bstar_per_earth_radius}, it must lie within -10 to 10`)
  if (!Number.isInteger(elements.noradId) || elements.noradId < 1)
    reasons.push(`catalogue number is ${elements.noradId}, it must be a whole number from 1`)
  return reasons
}
