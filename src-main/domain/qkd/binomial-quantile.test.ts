import { describe, expect, it } from 'vitest'
import { approximateQuantile, binomialCdf, binomialQuantile } from './binomial-quantile'

/** CDF by summing exact big-integer terms, p = numerator / denominator; a rational scaled to a double. */
function exactCdf(k: number, n: number, numerator: bigint, denominator: bigint): number {
  let term = (denominator - numerator) ** BigInt(n)
  let total = term
  for (let j = 1; j <= k; j++) {
    term = (term * BigInt(n - j + 1) * numerator) / (BigInt(j) * (denominator - numerator))
    total += term
  }
  const scale = 10n ** 60n
  return Number((total * scale) / denominator ** BigInt(n)) / 1e60
}

describe('binomial distribution against exact integer sums, relative 1e-11', () => {
  it.each([
    [40, 60, 4n, 5n],
    [3, 60, 1n, 10n],
    [150, 400, 1n, 2n],
    [930, 1000, 49n, 50n],
    [0, 30, 1n, 4n],
    [55, 60, 4n, 5n],
  ])('P(X <= %i) of %i trials at %i/%i', (k, n, numerator, denominator) => {
    const expected = exactCdf(k, n, numerator, denominator)
    const computed = binomialCdf(k, n, Number(numerator) / Number(denominator))
    expect(Math.abs(computed / expected - 1)).toBeLessThan(1e-11)
  })
})

describe('binomial quantile, integers exact against scipy 1.17 binom.ppf', () => {
  it.each([
    [1e-15, 5000, 0.99, 4885],
    [1e-10, 50_000, 0.95, 47_184],
    [1e-15, 123_456, 0.9975, 122_998],
    [1e-6, 100, 0.9, 73],
    [0.01, 10, 0.5, 1],
    [1e-12, 1_000_000, 0.98, 979_007],
    [1e-15, 1_000_000_000, 0.99, 989_975_003],
    [0.7, 37, 0.2, 9],
  ])('of %d with n = %i, p = %d', (probability, n, p, expected) => {
    expect(binomialQuantile(probability, n, p)).toBe(expected)
  })

  it('is the first place whose cumulative probability reaches the asked one', () => {
    for (const n of [1, 2, 7, 50, 331]) {
      for (const p of [0.001, 0.3, 0.97]) {
        for (const probability of [1e-15, 1e-4, 0.5, 0.999]) {
          const k = binomialQuantile(probability, n, p)
          expect(binomialCdf(k, n, p)).toBeGreaterThanOrEqual(probability)
          expect(binomialCdf(k - 1, n, p)).toBeLessThan(probability)
        }
      }
    }
  })

  it('has a smooth stand-in within three of it', () => {
    for (const n of [20_000, 1e6, 1e9]) {
      const exact = binomialQuantile(1e-15, n, 0.99)
      expect(Math.abs(approximateQuantile(1e-15, n, 0.99) - exact)).toBeLessThan(3)
    }
  })

  it('takes the certain cases and refuses impossible ones by value', () => {
    expect([binomialQuantile(0.1, 5, 0), binomialQuantile(0.1, 5, 1)]).toEqual([0, 5])
    expect(() => binomialQuantile(0, 5, 0.5)).toThrow(/probability is 0/)
    expect(() => binomialQuantile(0.5, 5.5, 0.5)).toThrow(/trials is 5.5/)
    expect(() => binomialQuantile(0.5, 5, 1.2)).toThrow(/success is 1.2/)
  })
})
