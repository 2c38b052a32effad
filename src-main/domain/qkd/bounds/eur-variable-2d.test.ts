import { describe, expect, it } from 'vitest'
import { binomialUpperTail, gammaBin } from './binomial-tail'
import { deltaOne, deltaTwo } from './detector-spread'
import { epsilonAT, eurVariable2d, type EurInput } from './eur-variable-2d'

const eps = { eps_d: 1e-12, eps_a: 1e-12, eps_PA: 1e-12, eps_EV: 1e-12 }
const input: EurInput = {
  ...eps,
  key: [28290526, 2431414, 1620],
  test: [349266, 30017, 20],
  testErrors: [3561, 320, 10],
  intensities: [0.5, 0.15, 0],
  probabilities: [0.7, 0.2, 0.1],
  leak_bits: 2940290,
}

describe('two decoys, variable length, arXiv:2408.17349: independently computed vector, all printed digits', () => {
  const found = eurVariable2d(input)
  it.each<[keyof typeof found, number, number]>([
    ['s_K1', 17328752.17659, 4],
    ['s_X1', 108727.49265, 5],
    ['v', 11072.01021, 5],
    ['e_1', 0.10183266, 8],
    ['gamma_serf', 0.01599149, 8],
    ['ell_raw', 5324124.58, 2],
    ['ell', 5324124, 0],
  ])('%s', (field, expected, digits) => expect(found[field]).toBeCloseTo(expected, digits))

  it('without a spread the phase error is e_1 + gamma, and nothing is charged for detectors', () => {
    expect(found.e_ph).toBe(found.e_1 + found.gamma_serf)
    expect([found.delta_1, found.delta_2]).toEqual([0, 0])
    expect(epsilonAT(eps)).toBeCloseTo(Math.sqrt(10) * 1e-12, 24)
  })
})

describe('detectors known within limits', () => {
  const charges = { eps_b: 1e-12, eps_c: 1e-12 }
  const spread = { efficiency: 0.001, dark_count_probability: 1e-6, dark_counts: 0 }

  it('an exactly known detector changes nothing, a spread costs key, a wide one all of it', () => {
    const exact = { efficiency: 0, dark_count_probability: 1e-6, dark_counts: 0 }
    const plain = eurVariable2d(input).ell
    expect(eurVariable2d({ ...input, ...charges, spread: exact }).ell).toBe(plain)
    const narrow = eurVariable2d({ ...input, ...charges, spread }).ell
    expect(narrow).toBeLessThan(plain)
    expect(narrow).toBeGreaterThan(0)
    const wide = { ...spread, efficiency: 0.3 }
    expect(eurVariable2d({ ...input, ...charges, spread: wide }).ell).toBe(0)
  })

  it('deltas follow their closed forms at d = 0: 4 (1 - sqrt(r)) and 1 - r, relative 1e-12', () => {
    const dry = { ...spread, dark_count_probability: 0 }
    const r = (1 - 0.001) / (1 + 0.001)
    expect(deltaOne(dry) / (4 * (1 - Math.sqrt(r)))).toBeCloseTo(1, 12)
    expect(deltaTwo(dry) / (1 - r)).toBeCloseTo(1, 12)
  })

  it('unknown dark counts are charged by their share, and without a lower limit prove nothing', () => {
    const d = { efficiency: 0, dark_count_probability: 0.01, dark_counts: 0.1 }
    const [low, high] = [0.009, 0.011]
    const open = 1 - (low * (2 - low)) / (high * (2 - high))
    expect(deltaTwo(d)).toBeCloseTo(open, 12)
    expect(deltaOne(d)).toBeCloseTo((open * high * (2 - low)) / (low * (2 - low)), 12)
    expect(deltaOne({ ...d, dark_counts: 1 })).toBe(Infinity)
    const none = eurVariable2d({ ...input, ...charges, spread: { ...d, dark_counts: 1 } })
    expect(none).toMatchObject({ e_ph: 1, ell: 0 })
  })

  it('gamma_bin is the smallest whole count whose exact tail is below eps^2, never above the safe form', () => {
    const [n, delta, e] = [5000, 0.02, 1e-6]
    const c = gammaBin(n, delta, e)
    const t = Math.round(n * (delta + c))
    expect(binomialUpperTail(t, n, delta)).toBeLessThanOrEqual(e * e)
    expect(binomialUpperTail(t - 1, n, delta)).toBeGreaterThan(e * e)
    expect(c).toBeLessThan(Math.sqrt(-Math.log(e) / n))
    expect(gammaBin(1e7, 0.25, 1e-12)).toBeLessThanOrEqual(Math.sqrt(-Math.log(1e-12) / 1e7))
  })
})

describe('bad input', () => {
  it.each<[string, Partial<EurInput>]>([
    ['key counts [-1,0,0]', { key: [-1, 0, 0] }],
    ['key counts ["NaN",0,0]', { key: [NaN, 0, 0] }],
    ['test errors', { testErrors: [1, 50000, 0] }],
    ['probabilities [0.5,0.2,0.1]', { probabilities: [0.5, 0.2, 0.1] }],
    ['intensities [0.2,0.6,0]', { intensities: [0.2, 0.6, 0] }],
    ['eps_d 0', { eps_d: 0 }],
    ['eps_PA 2', { eps_PA: 2 }],
    ['eps_b NaN', { spread: { efficiency: 0, dark_count_probability: 0, dark_counts: 0 } }],
    [
      'detector efficiency spread 2',
      {
        eps_b: 1e-9,
        eps_c: 1e-9,
        spread: { efficiency: 2, dark_count_probability: 0, dark_counts: 0 },
      },
    ],
    ['leak_bits -5', { leak_bits: -5 }],
  ])('refuses %s by name', (shown, wrong) => {
    expect(() => eurVariable2d({ ...input, ...wrong })).toThrow(shown)
  })
})
