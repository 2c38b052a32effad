import { describe, expect, it } from 'vitest'
import { AliasTable } from './alias-table'
import { Random } from './random'

const N = 200_000

describe('seeded generator', () => {
  it('xoshiro128** from state 1, 2, 3, 4 begins as its algorithm says by hand: 11520, 0', () => {
    const random = new Random(Int32Array.of(1, 2, 3, 4))
    expect([random.bits32(), random.bits32()]).toEqual([11520, 0])
  })

  it('the same path gives the same numbers, a neighbouring path others', () => {
    const draw = (...path: number[]): number[] => {
      const random = Random.of(...path)
      return [random.bits32(), random.bits32(), random.bits32()]
    }
    expect(draw(1, 2, 3)).toEqual(draw(1, 2, 3))
    const neighbours = [draw(1, 2, 4), draw(1, 3, 3), draw(2, 2, 3), draw(3, 2, 1)].map(String)
    expect(new Set([...neighbours, String(draw(1, 2, 3))]).size).toBe(5)
  })

  it('exponential, normal and uniform have their means and variances, 5 sigma', () => {
    const random = Random.of(5)
    const moments = (draw: () => number): [number, number] => {
      const values = Float64Array.from({ length: N }, draw)
      const mean = values.reduce((sum, x) => sum + x, 0) / N
      return [mean, values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / N]
    }
    const [e, ve] = moments(() => random.exponential())
    expect(Math.abs(e - 1)).toBeLessThan(5 / Math.sqrt(N))
    expect(Math.abs(ve - 1)).toBeLessThan(5 * Math.sqrt(8 / N))
    const [g, vg] = moments(() => random.gaussian())
    expect(Math.abs(g)).toBeLessThan(5 / Math.sqrt(N))
    expect(Math.abs(vg - 1)).toBeLessThan(5 * Math.sqrt(2 / N))
    const [u] = moments(() => random.uniform())
    expect(Math.abs(u - 0.5)).toBeLessThan(5 / Math.sqrt(12 * N))
  })

  it('zero-truncated Poisson has mean m / (1 - exp(-m)), 5 sigma', () => {
    const random = Random.of(6)
    for (const mean of [1e-3, 0.5, 4]) {
      const expected = mean / -Math.expm1(-mean)
      const variance = expected * (1 + mean - expected)
      let sum = 0
      for (let i = 0; i < N; i++) sum += random.positivePoisson(mean)
      expect(Math.abs(sum / N - expected)).toBeLessThan(5 * Math.sqrt(variance / N))
    }
  })

  it('normal and exponential values lie beyond 1 to 4 as often as their laws say, 5 sigma', () => {
    const random = Random.of(7)
    const values = new Float64Array(1e6)
    // Q(x) = P(|X| > x) of the normal law, to ten digits.
    const normal = [0.3173105079, 0.0455002639, 0.0026997961, 0.0000633425]
    random.fillGaussian(values)
    normal.forEach((share, i) => expectShare(values, (x) => Math.abs(x) > i + 1, share))
    expectShare(values, (x) => x > 0, 0.5)
    random.fillExponential(values)
    for (const x of [0.01, 1, 4, 7.7, 10]) expectShare(values, (value) => value > x, Math.exp(-x))
  })

  it('alias table gives each outcome its weight, 5 sigma, and none to weight 0', () => {
    const weights = [3, 0, 1, 0.001, 7, 2]
    const table = new AliasTable(weights)
    const words = new Uint32Array(1e6)
    Random.of(8).fillBits32(words)
    const drawn = Float64Array.from(words, (word) => table.at(word))
    weights.forEach((weight, i) => expectShare(drawn, (x) => x === i, weight / 13.001))
  })
})

function expectShare(values: Float64Array, holds: (value: number) => boolean, share: number): void {
  const sigma = Math.sqrt(values.length * share * (1 - share))
  const found = values.filter(holds).length
  expect(Math.abs(found - values.length * share)).toBeLessThanOrEqual(5 * sigma)
}
