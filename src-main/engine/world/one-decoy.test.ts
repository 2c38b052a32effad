import { describe, expect, it } from 'vitest'
import { linkBudget } from '../../domain/link/budget'
import { expectedSecond } from '../../domain/link/expectation'
import { referenceStation } from '../../domain/link/reference-case'
import { flown, siftedCounts } from './flown.testing'
import { referencePass } from './reference-pass'

const SECONDS = 8
const EMITTED_S = 146

/** The reference pass with one decoy, its conditions held still. */
function oneDecoy() {
  const setup = referencePass(300, 21)
  const { profile } = setup
  const eta = profile.transmittance[150]
  const payload = {
    ...setup.payload,
    intensities: [0.5, 0.1] as [number, number],
    probabilities: [0.7, 0.3] as [number, number],
    basis_x_probability: 0.9,
  }
  return {
    ...setup,
    payload,
    profile: { ...profile, transmittance: profile.transmittance.fill(eta) },
  }
}

describe('a source with one decoy', () => {
  const setup = oneDecoy()
  const { payload, station, profile } = setup
  const budget = linkBudget(payload, referenceStation, { range_m: 645e3, elevation_rad: 0.8 })
  const eta = profile.transmittance[0]
  const second = expectedSecond(
    payload,
    station,
    {
      withDetector: { transmittance: eta, loss_dB: NaN },
      withGate: { transmittance: eta * budget.gate.transmittance, loss_dB: NaN },
    },
    { total_Hz: profile.background_Hz[150] },
  )
  const flight = siftedCounts(setup, flown(setup, EMITTED_S, EMITTED_S + SECONDS))

  it('is expected to have two classes, and flies them: counts and errors at 5 sigma', () => {
    for (const basis of ['x', 'z'] as const)
      for (const k of [0, 1]) {
        const n = second.counts[basis][k] * SECONDS
        const m = second.errors[basis][k] * SECONDS
        // Dead time, which the expectation leaves out, takes two in ten thousand.
        expect(Math.abs(flight.counts[basis][k] - n)).toBeLessThan(5 * Math.sqrt(n) + 2e-4 * n)
        expect(Math.abs(flight.errors[basis][k] - m)).toBeLessThan(5 * Math.sqrt(m) + 2e-4 * m)
      }
  })

  it('leaves the third column empty', () => {
    expect([second.counts.x[2], second.counts.z[2], second.errors.x[2]]).toEqual([0, 0, 0])
    expect([flight.counts.x[2], flight.counts.z[2]]).toEqual([0, 0])
  })
})
