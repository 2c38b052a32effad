import { describe, expect, it } from 'vitest'
import vectors from '../vectors/binary-entropy.json'
import { binaryEntropy } from './entropy'

/** 50 digits cannot hold 1 - 1e-300: that row of the vectors lacks the term p / ln 2 (the series has it). */
const sound = vectors.values.filter(({ p }) => Number(p) === 0 || Number(p) > 1e-50)

describe('binary entropy against 50-digit values, relative 1e-14', () => {
  it.each(sound)('h($p)', ({ p, h, one_minus_2h }) => {
    const computed = binaryEntropy(Number(p))
    expect(Math.abs(computed - Number(h))).toBeLessThanOrEqual(1e-14 * Number(h))
    expect(1 - 2 * computed).toBeCloseTo(Number(one_minus_2h), 14)
  })

  it('follows p (log2(1/p) + 1/ln 2) for vanishing p, relative 1e-14', () => {
    for (const exponent of [20, 100, 300]) {
      const p = Number(`1e-${exponent}`)
      const series = p * (exponent * Math.log2(10) + 1 / Math.LN2)
      expect(Math.abs(binaryEntropy(p) / series - 1)).toBeLessThan(1e-14)
    }
  })

  it('is symmetric, one at a half, zero at both ends, and refuses what is no probability', () => {
    expect(binaryEntropy(0.5)).toBe(1)
    expect(binaryEntropy(1)).toBe(0)
    expect(binaryEntropy(0.75)).toBeCloseTo(binaryEntropy(0.25), 15)
    for (const p of [-1e-9, 1.1, NaN]) expect(() => binaryEntropy(p)).toThrow(String(p))
  })
})
