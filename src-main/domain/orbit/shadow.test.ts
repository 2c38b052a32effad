/** Oracle: the geometry of two spheres: apex and axis of the umbra, worked by similar triangles. */
import { describe, expect, it } from 'vitest'
import { lightOf, shadowMargins } from './shadow'

const AU_M = 149_597_870_700
const SUN = { x: AU_M, y: 0, z: 0 }
const EARTH_M = 6_378_137
const SUN_M = 696_000_000

/** Radius of the umbra (sign -1) or penumbra (sign 1) at a distance behind the Earth's centre. */
function coneRadius_m(behind_m: number, sign: 1 | -1): number {
  const slope = (SUN_M + sign * EARTH_M) / AU_M
  const sine = slope
  const cosine = Math.sqrt(1 - sine * sine)
  return (EARTH_M + sign * behind_m * sine) / cosine
}

describe('conical shadow', () => {
  it('is sunlit before the Earth, umbra behind it', () => {
    expect(lightOf({ x: EARTH_M + 500_000, y: 0, z: 0 }, SUN)).toBe('sunlit')
    expect(lightOf({ x: -EARTH_M - 500_000, y: 0, z: 0 }, SUN)).toBe('umbra')
  })

  it.each([1_000_000, 2_500_000, 30_000_000])('has its edges at %d m behind to 1 m', (behind_m) => {
    const light = (radius_m: number) => lightOf({ x: -behind_m, y: 0, z: radius_m }, SUN)
    const [umbra_m, penumbra_m] = [coneRadius_m(behind_m, -1), coneRadius_m(behind_m, 1)]
    expect(light(umbra_m - 1)).toBe('umbra')
    expect(light(umbra_m + 1)).toBe('penumbra')
    expect(light(penumbra_m - 1)).toBe('penumbra')
    expect(light(penumbra_m + 1)).toBe('sunlit')
  })

  it('has margins that differ by the Sun’s disc of 0.53 degree', () => {
    const margins = shadowMargins({ x: -2e6, y: 0, z: 7e6 }, SUN)
    const disc_deg = ((margins.umbra_rad - margins.penumbra_rad) * 180) / Math.PI
    expect(disc_deg).toBeCloseTo(0.533, 3)
  })
})
