import { describe, expect, it } from 'vitest'
import { expectedPairs } from './pair-link'

const end = (transmittance: number, background_Hz = 0) => ({
  transmittance,
  background_Hz,
  jitter_ns: 0,
})

describe('expected coincidences against the formulas (R a b, S_A S_B tau)', () => {
  it('5.9e6 pairs/s over 66 dB of two links: 1.48 a second, exact', () => {
    const half = 10 ** -3.3
    const { true_Hz } = expectedPairs(
      { pair_rate_Hz: 5.9e6, visibility: 1 },
      end(half),
      end(half),
      2.5,
    )
    expect(true_Hz).toBeCloseTo(5.9e6 * 10 ** -6.6, 12)
  })

  it('accidentals are the product of the singles and the window, and halve the visibility at parity', () => {
    const source = { pair_rate_Hz: 1e6, visibility: 0.9 }
    const dim = expectedPairs(source, end(1e-3, 5000), end(2e-3, 300), 4)
    expect(dim.singles_Hz).toEqual([6000, 2300])
    expect(dim.accidental_Hz).toBeCloseTo(6000 * 2300 * 4e-9, 12)
    expect(dim.visibility).toBeCloseTo((0.9 * 2) / (2 + dim.accidental_Hz), 12)
    expect(dim.qber).toBeCloseTo((1 - dim.visibility) / 2, 12)
  })

  it('a window of the joint jitter times 2 holds 68.3 % of the pairs, 1e-3', () => {
    const jittered = { ...end(1e-2), jitter_ns: 0.5 }
    const source = { pair_rate_Hz: 1e6, visibility: 1 }
    const { true_Hz } = expectedPairs(source, jittered, jittered, Math.SQRT2)
    expect(true_Hz / 100).toBeCloseTo(0.6827, 3)
  })

  it('no light at all is no coincidence and no NaN', () => {
    const none = expectedPairs({ pair_rate_Hz: 1e6, visibility: 1 }, end(0), end(0), 2.5)
    expect([none.coincidences_Hz, none.visibility, none.qber]).toEqual([0, 0, 0.5])
  })
})
