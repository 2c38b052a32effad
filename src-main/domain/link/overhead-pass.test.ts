import { describe, expect, it } from 'vitest'
import { radians } from '../model/units'
import { EARTH_RADIUS_M, overheadPass } from './overhead-pass'

const zenith = {
  altitude_m: 500_000,
  maxElevation_rad: Math.PI / 2,
  minElevation_rad: radians(10),
  maxRange_m: 1e9,
}

describe('typical pass against closed forms', () => {
  it('a zenith pass at 500 km: 500 km at the top, range at 10 deg by the law of cosines, 7 min 21 s long', () => {
    const pass = overheadPass(zenith)
    const middle = (pass.t_s.length - 1) / 2
    expect(pass.t_s[middle]).toBe(0)
    expect(pass.range_m[middle]).toBeCloseTo(500_000, 3)
    const sine = Math.sin(radians(10))
    const a_m = EARTH_RADIUS_M + 500_000
    const edge_m =
      Math.sqrt((EARTH_RADIUS_M * sine) ** 2 + a_m ** 2 - EARTH_RADIUS_M ** 2) -
      EARTH_RADIUS_M * sine
    expect(Math.abs(pass.range_m[0] - edge_m)).toBeLessThan(8000)
    expect(pass.range_m[0]).toBeLessThanOrEqual(edge_m)
    // 2 psi(10 deg) / sqrt(GM / a^3), rows a second apart.
    const psi = Math.acos((EARTH_RADIUS_M / a_m) * Math.cos(radians(10))) - radians(10)
    expect(
      Math.abs(pass.t_s.length - (2 * psi) / Math.sqrt(3.986004418e14 / a_m ** 3)),
    ).toBeLessThan(1.5)
  })

  it('keeps to the highest elevation and the longest range, the same on both sides', () => {
    const pass = overheadPass({ ...zenith, maxElevation_rad: radians(50), maxRange_m: 1_200_000 })
    expect(Math.max(...pass.elevation_rad)).toBeCloseTo(radians(50), 9)
    expect(Math.max(...pass.range_m)).toBeLessThanOrEqual(1_200_000)
    expect(pass.range_m[0]).toBeCloseTo(pass.range_m[pass.range_m.length - 1], 3)
  })

  it('a pass that never rises high enough has no rows; nonsense is refused', () => {
    expect(overheadPass({ ...zenith, maxElevation_rad: radians(5) }).t_s).toHaveLength(0)
    expect(() => overheadPass({ ...zenith, altitude_m: -1 })).toThrow(/-1 m/)
  })
})
