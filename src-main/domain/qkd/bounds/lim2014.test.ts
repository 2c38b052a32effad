import { describe, expect, it } from 'vitest'
import type { Counts } from '../../model/report'
import vectors from '../../vectors/lim2014.json'
import { lim2014 } from './lim2014'
import type { CountBound, Lim2014Input } from './lim2014-input'

type Case = (typeof vectors.cases)[number]
const triple = (values: (number | string)[]): Counts => [
  Number(values[0]),
  Number(values[1]),
  Number(values[2]),
]
const inputOf = ({ counts, channel, security, result }: Case): Lim2014Input => ({
  key: triple(counts.nX),
  test: triple(counts.nZ),
  testErrors: triple(counts.mZ),
  intensities: triple(channel.mu),
  probabilities: triple(channel.p_mu),
  leak_bits: Number(result.lambda_EC),
  eps_sec: Number(security.eps_sec),
  eps_cor: Number(security.eps_cor),
  bound: security.bound as CountBound,
})

describe('Lim 2014 against 50-digit vectors, integers exact, reals relative 1e-9', () => {
  it.each(vectors.cases)('$name', (vector) => {
    const computed = lim2014(inputOf(vector))
    const reals = ['s_X0', 's_X1', 's_Z0', 's_Z1', 'v_Z1', 'phi_X', 'ell_raw'] as const
    for (const field of reals) {
      const expected = Number(vector.result[field])
      expect(Math.abs(computed[field] - expected), field).toBeLessThanOrEqual(1e-9 * expected)
    }
    expect(computed.ell).toBe(vector.result.ell)
  })
})

describe('Lim 2014 at its limits', () => {
  const base = inputOf(vectors.cases[0])

  it('never gives more key for more errors or more leak', () => {
    const worse = lim2014({ ...base, testErrors: [3000, 400, 5] })
    expect(worse.ell).toBeLessThan(lim2014(base).ell)
    expect(lim2014({ ...base, leak_bits: base.leak_bits + 7 }).ell).toBe(lim2014(base).ell - 7)
  })

  it('an error-free test still leaves a positive phase error', () => {
    expect(lim2014({ ...base, testErrors: [0, 0, 0] }).phi_X).toBeGreaterThan(0)
  })

  it('no counts give no key, with the worst phase error', () => {
    const none = lim2014({ ...base, key: [0, 0, 0], test: [0, 0, 0], testErrors: [0, 0, 0] })
    expect(none).toMatchObject({ s_X1: 0, phi_X: 0.5, ell: 0 })
    expect(none.ell_raw).toBeLessThan(0)
  })

  it.each<[string, Partial<Lim2014Input>]>([
    ['-1', { key: [-1, 0, 0] }],
    ['[1,50000,0]', { testErrors: [1, 50000, 0] }],
    ['[0.5,0.2,0.1]', { probabilities: [0.5, 0.2, 0.1] }],
    ['[0.2,0.6,0]', { intensities: [0.2, 0.6, 0] }],
    ['eps_sec 0', { eps_sec: 0 }],
    ['eps_sec 0.9', { eps_sec: 0.9, key: [1e8, 1e8, 1e5], test: [1e8, 1e8, 1e5] }],
    ['leak_bits -5', { leak_bits: -5 }],
    ['leak_bits NaN', { leak_bits: NaN }],
  ])('refuses %s by name', (shown, wrong) => {
    expect(() => lim2014({ ...base, ...wrong })).toThrow(shown)
  })
})
