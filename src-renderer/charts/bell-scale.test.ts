/** Oracle: S = 2.37 +- 0.09 of Yin et al., Science 356, 1140 (2017), four standard deviations above 2 (exact). */
import { describe, expect, it } from 'vitest'
import { bellScale, CLASSICAL_BOUND, sigmasAbove, TSIRELSON_BOUND } from './bell-scale'

describe('scale of the Bell test', () => {
  it.each([
    [2.37, 0.09],
    [-2.7, 0.4],
    [0.3, 0.1],
    [3.4, 0.8],
    [NaN, NaN],
  ])('holds both bounds and the error bar of S = %f +- %f', (S, sigma) => {
    const { at } = bellScale(S, sigma)
    expect(at(CLASSICAL_BOUND)).toBeGreaterThan(0)
    expect(at(TSIRELSON_BOUND)).toBeLessThan(1)
    expect(at(CLASSICAL_BOUND)).toBeLessThan(at(TSIRELSON_BOUND))
    if (Number.isNaN(S)) return
    expect(at(Math.abs(S) - sigma)).toBeGreaterThan(0)
    expect(at(Math.abs(S) + sigma)).toBeLessThan(1)
  })

  it('counts the standard errors above 2, whatever the sign of S', () => {
    expect(sigmasAbove(2.37, 0.09)).toBeCloseTo(4.111, 3)
    expect(sigmasAbove(-2.37, 0.09)).toBeCloseTo(4.111, 3)
    expect(sigmasAbove(2.5, 0)).toBeNaN()
  })
})
