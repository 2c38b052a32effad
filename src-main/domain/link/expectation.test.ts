import { describe, expect, it } from 'vitest'
import { linkBudget } from './budget'
import { expectedCounts, expectedSecond } from './expectation'
import { referencePayload, referenceStation } from './reference-case'

const budget = linkBudget(referencePayload, referenceStation, {
  range_m: 645e3,
  elevation_rad: 0.834,
})
const second = expectedSecond(referencePayload, referenceStation, budget, { total_Hz: 150 })
const quiet = {
  ...referenceStation,
  receiver: { ...referenceStation.receiver, afterpulse_probability: 0 },
}

describe('expectation', () => {
  it('sifted share of detections without noise is 8/17 (0.8 x 0.5 of 0.8 x 0.5 + 0.1 x 0.25, halved), 1e-3', () => {
    const clean = expectedSecond(referencePayload, quiet, budget, { total_Hz: 0 })
    expect(Math.abs(clean.sifted / clean.detections - 8 / 17)).toBeLessThan(1e-3)
    expect(clean.qber).toBeCloseTo(referencePayload.polarisation_error, 12)
    expect(clean.counts.x[2] + clean.counts.z[2]).toBe(0)
  })

  it('QBER is (e_d (1 - exp(-mu eta)) + Y0/2) / Q of Ma 2005 within 1e-6', () => {
    const y0 = 150 * 2e-9
    const click = 1 - Math.exp(-0.8 * budget.withGate.transmittance)
    const oracle = (0.0105 * click + y0 / 2) / (click + y0)
    const found = expectedSecond(referencePayload, quiet, budget, { total_Hz: 150 })
    expect(Math.abs(found.qber - oracle)).toBeLessThan(1e-6)
  })

  it('vacuum pulses carry half the noise in each matched basis with half errors', () => {
    expect(second.counts.x[2]).toBeGreaterThan(0)
    expect(second.errors.x[2] / second.counts.x[2]).toBeCloseTo(0.5, 12)
  })

  it('a window is the weighted sum of its seconds', () => {
    const sum = expectedCounts([{ second }, { second, weight_s: 0.25 }])
    expect(sum.duration_s).toBe(1.25)
    expect(sum.counts.z[1]).toBeCloseTo(1.25 * second.counts.z[1], 9)
    expect(sum.qber).toBeCloseTo(second.qber, 12)
    expect(expectedCounts([]).qber).toBe(0)
  })
})
