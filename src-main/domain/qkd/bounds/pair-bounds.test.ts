import { describe, expect, it } from 'vitest'
import bbm92 from '../../vectors/bbm92.json'
import decoy from '../../vectors/decoy-asymptotic.json'
import { binaryEntropy } from '../entropy'
import { decoyAsymptotic, pairsAsymptotic } from './asymptotic'
import { binomialUpperTail, hypergeometricLowerTail } from './binomial-tail'
import { exactHypergeometric } from './exact-hypergeometric'
import { lim2021 } from './lim2021'
import type { PairBlock } from './pair-block'
import { tomamichel2012 } from './tomamichel2012'
import { tomamichelLeverrier2017, tomamichelLeverrierEpsilon } from './tomamichel-leverrier2017'

const relative = (found: number, expected: number): number => Math.abs(found / expected - 1)
/** The longest key over all whole k of a grid. */
function longest(
  m: number,
  f: number,
  eps: number,
  bound: (block: PairBlock) => { ell: number },
  step = 1,
): number {
  const rate = 0.0451
  let most = 0
  for (let k = Math.round(0.2 * m); k < 0.7 * m; k += step) {
    const leak_bits = f * (m - k) * binaryEntropy(rate)
    const block = { sifted_bits: m, test_bits: k, error_rate: rate, leak_bits, eps }
    most = Math.max(most, bound(block).ell)
  }
  return most
}

describe('Tomamichel 2012 against 20-digit vectors (BBM92), relative 1e-12', () => {
  it.each(bbm92.cases)('n $n, k $k', (vector) => {
    const found = tomamichel2012({
      key_bits: Number(vector.n),
      test_bits: Number(vector.k),
      error_rate: Number(vector.Q_tol),
      leak_bits: Number(vector.leak_EC),
      eps_sec: Number(vector.eps_sec),
      eps_cor: Number(vector.eps_cor),
    })
    expect(relative(found.mu, Number(vector.mu))).toBeLessThan(1e-12)
    expect(relative(found.ell_raw, Number(vector.ell_raw))).toBeLessThan(1e-12)
    expect(found.ell).toBe(vector.ell)
  })
})

describe('Tomamichel-Leverrier 2017 against the four points of figure 7: epsilon at their nu, relative 1e-6; own nu not shorter', () => {
  it.each([
    [0.01, 36123, 5911, 15323, 0.06943318811415392, 9.778763e-11],
    [0.025, 51114, 8484, 17009, 0.0580348064984291, 9.698273e-11],
    [0.05, 128989, 20941, 27878, 0.03685663259331777, 9.872424e-11],
    [0.075, 731680, 104258, 85453, 0.016324856748689963, 9.926109e-11],
  ])('delta %f', (error_rate, sifted_bits, test_bits, ell, nu, total) => {
    const n = sifted_bits - test_bits
    const leak_bits = Math.ceil(1.1 * binaryEntropy(error_rate) * n)
    const t = Math.ceil(-Math.log2(1e-10 / Math.sqrt(sifted_bits)))
    const block = { sifted_bits, test_bits, error_rate, leak_bits }
    expect(relative(tomamichelLeverrierEpsilon(block, { ell, t, nu }), total)).toBeLessThan(1e-6)
    const found = tomamichelLeverrier2017({ ...block, eps: total * (1 + 1e-6), verification: t })
    expect(found.ell).toBeGreaterThanOrEqual(ell)
    expect(relative(found.ell, ell)).toBeLessThan(1e-3)
    const own = tomamichelLeverrierEpsilon(block, { ell: found.ell, t, nu: found.nu })
    expect(own).toBeLessThanOrEqual(total * (1 + 1e-6))
    const longer = { ell: found.ell + 1, t, nu: found.nu }
    expect(tomamichelLeverrierEpsilon(block, longer)).toBeGreaterThan(total * (1 + 1e-6))
  })
})

describe('small blocks at 4.51 %: rows of an independent coarser search, bits', () => {
  it.each([
    [3100, 1.19, 1e-5, 60],
    [3100, 1.19, 1e-6, 14],
    [3100, 1.19, 3e-7, 0],
    [3100, 1.2, 1e-5, 56],
    [3100, 1.2, 1e-6, 10],
    [3100, 1.22, 1e-5, 48],
    [3100, 1.22, 1e-6, 3],
    [5000, 1.19, 1e-10, 25],
    [7000, 1.19, 1e-10, 244],
    [10000, 1.19, 1e-10, 649],
  ])('Lim 2021: m %i, f %f, eps %d -> %i', (m, f, eps, bits) => {
    expect(Math.abs(longest(m, f, eps, lim2021, Math.ceil(m / 600)) - bits)).toBeLessThan(2)
  })

  it.each([
    [3100, 1e-10, 50],
    [3100, 1e-8, 136],
    [3100, 1e-6, 239],
    [3100, 1e-5, 300],
    [4000, 1e-10, 191],
    [5000, 1e-10, 367],
    [7000, 1e-10, 764],
    [10000, 1e-10, 1432],
  ])('exact hypergeometric: m %i, eps %d -> %i', (m, eps, bits) => {
    const found = longest(m, 1.19, eps, exactHypergeometric)
    expect(found).toBeGreaterThanOrEqual(bits)
    expect(found - bits).toBeLessThan(6)
  })

  // Sums of big integers: 2 sqrt(Pr[Hyp <= K]) and the length before the floor, for k and w named.
  it.each([
    [10000, 2616, 1e-10, 8.826029651489873e-11, 1437.9897650642115],
    [3100, 975, 1e-5, 8.523556814022917e-6, 302.61930433846965],
    [3100, 1286, 1e-10, 8.087666712278885e-11, 50.72185796232846],
  ])(
    'exact hypergeometric: m %i, k %i against big integers, relative 1e-9',
    (m, k, eps, eps_PE, ell_raw) => {
      const leak_bits = 1.19 * (m - k) * binaryEntropy(0.0451)
      const block = { sifted_bits: m, test_bits: k, error_rate: 0.0451, leak_bits, eps }
      const found = exactHypergeometric(block)
      expect(relative(found.eps_PE, eps_PE)).toBeLessThan(1e-9)
      expect(relative(found.ell_raw, ell_raw)).toBeLessThan(1e-9)
    },
  )

  it('Tomamichel-Leverrier 2017 gives nothing from 3100 bits', () => {
    expect(longest(3100, 1.19, 1e-10, tomamichelLeverrier2017)).toBe(0)
    expect(longest(3100, 1.19, 1e-5, tomamichelLeverrier2017)).toBe(0)
  })
})

describe('exact tails', () => {
  it('hypergeometric and binomial sums against direct counting, relative 1e-12', () => {
    const choose = (n: number, k: number): number =>
      Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1)
    const total = choose(50, 20)
    const direct = [0, 1, 2, 3].reduce((s, i) => s + choose(12, i) * choose(38, 20 - i), 0) / total
    expect(relative(hypergeometricLowerTail(3, 50, 12, 20), direct)).toBeLessThan(1e-12)
    const binomial = [8, 9, 10].reduce((s, i) => s + choose(10, i) * 0.3 ** i * 0.7 ** (10 - i), 0)
    expect(relative(binomialUpperTail(8, 10, 0.3), binomial)).toBeLessThan(1e-12)
    expect(hypergeometricLowerTail(12, 50, 12, 20)).toBe(1)
    expect(hypergeometricLowerTail(0, 50, 40, 20)).toBe(0)
  })
})

describe('asymptotic rates', () => {
  const [vector] = decoy.cases
  const found = decoyAsymptotic({
    mu: Number(vector.mu),
    nu: Number(vector.nu),
    eta: Number(vector.eta),
    Y0: Number(vector.Y0),
    e_d: Number(vector.e_d),
  })

  it.each([
    ['Q_mu', vector.Q_mu],
    ['E_mu', vector.E_mu],
    ['Q_nu', vector.Q_nu],
    ['E_nu', vector.E_nu],
    ['Y1_lower', vector.Y1_lower],
    ['e1_upper', vector.e1_upper],
    ['Y1_true', vector.Y1_true],
    ['rate_per_pulse', vector.R_per_pulse_q_half_f122],
  ] as const)('vacuum + weak decoy (Ma 2005) %s, relative 1e-10', (field, expected) => {
    expect(relative(found[field], Number(expected))).toBeLessThan(1e-10)
  })

  it('pairs: 3100 bits at 4.51 % and f 1.19 would be 1300 bits to 1, 0.42 a bit (Yin 2020: 0.43)', () => {
    const bits = 3100 * pairsAsymptotic(0.0451, 0.0451, 1.19)
    expect(Math.abs(bits - 1300)).toBeLessThan(1)
  })
})

describe('bad input', () => {
  const block: PairBlock = {
    sifted_bits: 3100,
    test_bits: 1283,
    error_rate: 0.0451,
    leak_bits: 580,
    eps: 1e-10,
  }
  const bounds = { tomamichelLeverrier2017, lim2021, exactHypergeometric }

  it.each<[string, Partial<PairBlock>]>([
    ['sifted_bits 1', { sifted_bits: 1 }],
    ['sifted_bits 3100.5', { sifted_bits: 3100.5 }],
    ['test_bits 3100', { test_bits: 3100 }],
    ['test_bits 0', { test_bits: 0 }],
    ['error_rate 1.2', { error_rate: 1.2 }],
    ['leak_bits NaN', { leak_bits: NaN }],
    ['eps 0', { eps: 0 }],
    ['overlap 0.2', { overlap: 0.2 }],
    ['verification bits t 0', { verification: 0 }],
  ])('every bound refuses %s by name', (shown, wrong) => {
    for (const bound of Object.values(bounds))
      expect(() => bound({ ...block, ...wrong })).toThrow(shown)
  })

  it('hopeless error rates and samples prove nothing, with finite figures', () => {
    for (const bound of Object.values(bounds))
      for (const wrong of [
        { error_rate: 0.5 },
        { error_rate: 0.9 },
        { test_bits: 1 },
        { verification: 10 },
      ]) {
        const found = bound({ ...block, ...wrong })
        expect(found).toMatchObject({ ell: 0 })
        expect(Number.isFinite(found.ell_raw)).toBe(true)
      }
  })

  it('bases that are not mutually unbiased give less', () => {
    for (const bound of Object.values(bounds)) {
      const big = { ...block, sifted_bits: 40_000, test_bits: 10_000, leak_bits: 9500 }
      const full = bound(big).ell
      expect(full).toBeGreaterThan(0)
      expect(bound({ ...big, overlap: 0.6 }).ell).toBeLessThan(full)
      expect(bound({ ...big, overlap: Math.cos(Math.PI / 8) ** 2 }).ell).toBe(0)
    }
  })
})
