import { describe, expect, it } from 'vitest'
import { backgroundRate_Hz, skyCounts_Hz } from './background'
import { referencePayload, referenceStation } from './reference-case'

const noMoon = {
  elevation_rad: 1,
  moonElevation_rad: -0.2,
  moonPhaseAngle_rad: 0,
  moonSeparation_rad: 1,
}

describe('background', () => {
  it('1 m, 100 urad, 1 nm, 850 nm, eta 0.08 under 1.5e-3 W m^-2 sr^-1 um^-1 is 3.2e3 counts/s within 2 %', () => {
    const payload = { ...referencePayload, wavelength_nm: 850 }
    const rate = skyCounts_Hz(payload, referenceStation, 1.5e-3)
    expect(Math.abs(rate / 3.16e3 - 1)).toBeLessThan(0.02)
  })

  it('grows with aperture and field of view squared, and with the filter (1e-12)', () => {
    const base = skyCounts_Hz(referencePayload, referenceStation, 1e-5)
    const receiver = {
      ...referenceStation.receiver,
      aperture_m: 2,
      field_of_view_urad: 300,
      filter_nm: 5,
    }
    const wider = skyCounts_Hz(referencePayload, { ...referenceStation, receiver }, 1e-5)
    expect(Math.abs(wider / base / 180 - 1)).toBeLessThan(1e-12)
  })

  it('is dark counts plus dark sky without the Moon', () => {
    const rate = backgroundRate_Hz(referencePayload, referenceStation, noMoon)
    expect(rate.moon_Hz).toBe(0)
    expect(rate.dark_Hz).toBe(100)
    expect(rate.total_Hz).toBe(rate.dark_Hz + rate.sky_Hz)
    expect(rate.sky_Hz).toBeGreaterThan(5)
    expect(rate.sky_Hz).toBeLessThan(20)
  })

  it('a high full Moon 30 deg away adds more than the dark sky has', () => {
    const sky = { ...noMoon, moonElevation_rad: 0.8, moonSeparation_rad: 0.5 }
    const rate = backgroundRate_Hz(referencePayload, referenceStation, sky)
    expect(rate.moon_Hz).toBeGreaterThan(5 * rate.sky_Hz)
  })
})
