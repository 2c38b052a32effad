import { describe, expect, it } from 'vitest'
import { radians } from '../model/units'
import {
  moonlight_nL,
  moonRadiance_W_m2_sr_um,
  radianceOfNanolambert,
  vMagnitude,
} from './moonlight'

const V_EXTINCTION = 0.172
const at = (phase_deg: number, separation_deg: number, moon_deg = 45, target_deg = 60) => ({
  elevation_rad: radians(target_deg),
  moonElevation_rad: radians(moon_deg),
  moonPhaseAngle_rad: radians(phase_deg),
  moonSeparation_rad: radians(separation_deg),
})

describe('moonlight against Krisciunas & Schaefer 1991', () => {
  it('79.0 nL is V = 21.587 mag/arcsec^2, their dark zenith, within 0.002 mag', () => {
    expect(Math.abs(vMagnitude(79) - 21.587)).toBeLessThan(0.002)
  })

  it('a full-Moon sky 60 deg away is V 17.5 to 18.7, the brightness every observer knows', () => {
    const magnitude = vMagnitude(moonlight_nL(at(2, 60), V_EXTINCTION))
    expect(magnitude).toBeGreaterThan(17.5)
    expect(magnitude).toBeLessThan(18.7)
  })

  it('V = 18 is a spectral radiance of 9.7e-5 W m^-2 sr^-1 um^-1 within 1 % (Bessell 1979)', () => {
    const brightness_nL = 34.08 * Math.exp(20.7233 - 0.92104 * 18)
    expect(Math.abs(radianceOfNanolambert(brightness_nL) / 9.74e-5 - 1)).toBeLessThan(0.01)
  })

  it('half Moon gives far less than half: eq. 20 at 90 deg is 2.34 + 0.26 mag fainter, 1e-9', () => {
    const ratio = moonlight_nL(at(90, 60), V_EXTINCTION) / moonlight_nL(at(0, 60), V_EXTINCTION)
    expect(Math.abs(ratio - 10 ** (-0.4 * (0.026 * 90 + 4e-9 * 90 ** 4)))).toBeLessThan(1e-9)
    expect(ratio).toBeLessThan(0.1)
  })

  it('is zero with the Moon on or below the horizon', () => {
    expect(moonRadiance_W_m2_sr_um(at(0, 60, -0.1), V_EXTINCTION)).toBe(0)
    expect(moonRadiance_W_m2_sr_um(at(0, 60, 0), V_EXTINCTION)).toBe(0)
  })

  it('falls with separation to 90 deg, and the two branches at 10 deg meet within 30 %', () => {
    const near = [2, 5, 9.99, 20, 40, 90].map((s) => moonlight_nL(at(0, s), V_EXTINCTION))
    for (let i = 1; i < near.length; i++) expect(near[i]).toBeLessThan(near[i - 1] ?? 0)
    const step = moonlight_nL(at(0, 10), V_EXTINCTION) / moonlight_nL(at(0, 9.999), V_EXTINCTION)
    expect(Math.abs(step - 1)).toBeLessThan(0.3)
  })
})
