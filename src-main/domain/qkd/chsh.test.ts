import { describe, expect, it } from 'vitest'
import vectors from '../vectors/chsh.json'
import { chsh, deviceIndependentRate, wernerErrorRate, type ChshCounts } from './chsh'

const countsOf = (rows: number[][]) => rows as unknown as ChshCounts
const equal: ChshCounts = [
  [1, 1, 1, 1],
  [1, 1, 1, 1],
  [1, 1, 1, 1],
  [1, 1, 1, 1],
]

describe('CHSH against chsh.json, relative 1e-12', () => {
  it.each(vectors.cases)('$name', (one) => {
    const result = chsh(countsOf(one.counts_pp_pm_mp_mm))
    const near = (value: number, text: string) =>
      expect(Math.abs(value - Number(text))).toBeLessThanOrEqual(1e-12 * Math.abs(Number(text)))
    one.E.forEach((text, i) => near(result.E[i], text))
    near(result.S, one.S)
    near(result.sigma_S, one.sigma_S)
    if (one.violation_sigmas === null) expect(result.violation_sigmas).toBeNull()
    else expect(result.violation_sigmas).toBeCloseTo(Number(one.violation_sigmas), 5)
  })
})

describe('CHSH at its limits', () => {
  it('keeps its sign: exchanged outcomes turn S over', () => {
    const [one] = vectors.cases
    const turned = one.counts_pp_pm_mp_mm.map(([pp, pm, mp, mm]) => [pm, pp, mm, mp])
    expect(chsh(countsOf(turned)).S).toBe(-chsh(countsOf(one.counts_pp_pm_mp_mm)).S)
  })

  it('chance gives 0 with an error, no violation', () => {
    expect(chsh(equal)).toEqual({ E: [0, 0, 0, 0], S: 0, sigma_S: 1, violation_sigmas: -2 })
  })

  it.each<[string, number[][]]>([
    [
      '[-1,1,1,1] at (a,b2)',
      [
        [1, 1, 1, 1],
        [-1, 1, 1, 1],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ],
    ],
    [
      'no coincidence at (a2,b2)',
      [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
        [0, 0, 0, 0],
      ],
    ],
    [
      'at (a2,b) are impossible',
      [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
        [1, NaN, 1, 1],
        [1, 1, 1, 1],
      ],
    ],
    [
      '[1,2,3] at (a,b)',
      [
        [1, 2, 3],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ],
    ],
  ])('refuses %s', (shown, counts) => {
    expect(() => chsh(countsOf(counts))).toThrow(shown)
  })
})

describe('device-independent rate (Acin 2007)', () => {
  it('is one bit at the Tsirelson bound without errors, none at the local bound', () => {
    expect(deviceIndependentRate(2 * Math.SQRT2, 0)).toBeCloseTo(1, 12)
    expect(deviceIndependentRate(-2 * Math.SQRT2, 0)).toBeCloseTo(1, 12)
    expect(deviceIndependentRate(2, 0)).toBe(0)
  })

  it('vanishes near 7.1 % of a Werner state, as published', () => {
    const rate = (Q: number) => deviceIndependentRate(2 * Math.SQRT2 * (1 - 2 * Q), Q)
    expect(rate(0.071)).toBeGreaterThan(0)
    expect(rate(0.072)).toBe(0)
  })

  it('Werner error rates of published S: 2.37 is 8.1 %, 2.56 is 4.7 %', () => {
    expect(wernerErrorRate(2.37)).toBeCloseTo(0.081, 3)
    expect(wernerErrorRate(2.56)).toBeCloseTo(0.047, 3)
  })

  it('refuses what is no S or no error rate', () => {
    expect(() => deviceIndependentRate(NaN, 0)).toThrow(/NaN/)
    expect(() => deviceIndependentRate(2.5, 1.5)).toThrow(/1.5/)
  })
})
