import { describe, expect, it } from 'vitest'
import { radians } from '../model/units'
import { passTrack } from '../orbit/track'
import { flagshipElements } from '../plan/flagship.testing'
import published from '../vectors/flagship-loss.json'
import { airmass } from './airmass'
import { linkBudget } from './budget'
import { referencePayload, referenceStation } from './reference-case'

const TCA_MS = Date.parse('2016-12-19T16:52:13Z')

/** The real pass, a second a row, four minutes either side of its middle. */
const track = passTrack({
  elements: flagshipElements,
  station: referenceStation,
  times_ms: Float64Array.from({ length: 361 }, (_, i) => TCA_MS + (i - 180) * 1000),
})

/** Modelled loss without detector at a range, on the way in and on the way out. */
function modelled(range_km: number): number[] {
  const crossings: number[] = []
  for (let i = 1; i < track.range_m.length; i++) {
    const [near, far] = [track.range_m[i - 1], track.range_m[i]].sort((a, b) => a - b)
    if (near > range_km * 1000 || far <= range_km * 1000) continue
    const geometry = { range_m: range_km * 1000, elevation_rad: track.elevation_rad[i] }
    crossings.push(linkBudget(referencePayload, referenceStation, geometry).withoutDetector.loss_dB)
  }
  return crossings
}

describe('link budget', () => {
  it.each(published.rows.slice(1))(
    'flagship loss (Liao 2017, digitised, without detector) at %d km within 2 dB, both branches',
    (range_km, loss_dB) => {
      const found = modelled(range_km)
      expect(found.length).toBe(2)
      for (const value of found) expect(Math.abs(value - loss_dB)).toBeLessThan(2)
    },
  )

  it('flagship loss at the nearest point, 645 km, within 2 dB', () => {
    const nearest = track.range_m.indexOf(Math.min(...track.range_m))
    expect(Math.abs(track.range_m[nearest] - 645e3)).toBeLessThan(1000)
    const geometry = {
      range_m: track.range_m[nearest],
      elevation_rad: track.elevation_rad[nearest],
    }
    const budget = linkBudget(referencePayload, referenceStation, geometry)
    expect(Math.abs(budget.withoutDetector.loss_dB - 29.97)).toBeLessThan(2)
  })

  it('factors: 21.6 dB geometric at 1200 km, 0.9 dB pointing, 8.0 dB optics, 3.0 dB detector, 0.1 dB', () => {
    const at = linkBudget(referencePayload, referenceStation, { range_m: 1.2e6, elevation_rad: 1 })
    expect(Math.abs(at.geometric.loss_dB - 21.6)).toBeLessThan(0.1)
    expect(Math.abs(at.pointing.loss_dB - 0.9)).toBeLessThan(0.1)
    expect(Math.abs(at.optics.loss_dB - 8.0)).toBeLessThan(0.1)
    expect(Math.abs(at.detector.loss_dB - 3.0)).toBeLessThan(0.1)
    expect(Math.abs(at.gate.loss_dB - 0.265)).toBeLessThan(0.01)
  })

  it('factors multiply up to the totals, 1e-12', () => {
    const at = linkBudget(referencePayload, referenceStation, { range_m: 9e5, elevation_rad: 0.5 })
    const parts = [at.geometric, at.atmosphere, at.pointing, at.optics, at.detector, at.gate]
    const sum = parts.reduce((total, part) => total + part.loss_dB, 0)
    expect(Math.abs(sum - at.withGate.loss_dB)).toBeLessThan(1e-12 * sum)
    expect(at.withDetector.loss_dB).toBeGreaterThan(at.withoutDetector.loss_dB)
  })

  it('half the aperture costs 6.02 dB, and a disc smaller than the aperture loses nothing', () => {
    const receiver = { ...referenceStation.receiver, aperture_m: 0.5 }
    const geometry = { range_m: 9e5, elevation_rad: 0.5 }
    const half = linkBudget(referencePayload, { ...referenceStation, receiver }, geometry)
    const full = linkBudget(referencePayload, referenceStation, geometry)
    expect(half.geometric.loss_dB - full.geometric.loss_dB).toBeCloseTo(20 * Math.log10(2), 10)
    const near = linkBudget(referencePayload, referenceStation, { ...geometry, range_m: 1000 })
    expect(near.geometric.transmittance).toBe(1)
  })
})

describe('air mass, Kasten & Young 1989', () => {
  it.each([
    [90, 1, 4e-4],
    [30, 1.994, 2e-3],
    [10, 5.59, 2e-2],
    [0, 37.92, 5e-2],
  ])('%d deg', (elevation_deg, value, tolerance) => {
    expect(Math.abs(airmass(radians(elevation_deg)) - value)).toBeLessThan(tolerance)
  })

  it('refuses below the horizon', () => {
    expect(() => airmass(-0.01)).toThrow(/above the horizon/)
  })
})
