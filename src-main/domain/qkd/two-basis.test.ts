import { describe, expect, it } from 'vitest'
import type { BasisCounts } from '../model/report'
import { eurSplit } from './bounds/decoy-key-length'
import { eurVariable2d } from './bounds/eur-variable-2d'
import { lim2014 } from './bounds/lim2014'
import { extractableNow, modelledErrors } from './projected'
import { compareBounds, twoBasisKeyLength, type DecoySource } from './two-basis'

const source: DecoySource = { intensities: [0.8, 0.1, 0], probabilities: [0.5, 0.25, 0.25] }
const oneDecoy: DecoySource = { intensities: [0.8, 0.15], probabilities: [0.7, 0.3] }
const security = { eps_sec: 1e-9, eps_cor: 1e-15, proof: 'lim2014' as const }
const open = { eps_sec: 1e-9, eps_cor: 1e-15 }
const counts: BasisCounts = { x: [835_000, 58_000, 3000], z: [830_000, 57_000, 3100] }
const errors: BasisCounts = { x: [9200, 2000, 1500], z: [9300, 2050, 1550] }
const leak = { x: 80_000, z: 81_000 }
const pairCounts: BasisCounts = { x: [1.2e6, 105_000, 0], z: [1.19e6, 104_000, 0] }
const pairErrors: BasisCounts = { x: [12_000, 1700, 0], z: [12_100, 1650, 0] }

describe('key from both bases against the bounds themselves, exact', () => {
  const both = twoBasisKeyLength(counts, errors, leak, source, security)

  it('is Lim 2014 twice with halved epsilons where the mission names it', () => {
    const x = lim2014({
      intensities: [0.8, 0.1, 0],
      probabilities: [0.5, 0.25, 0.25],
      key: counts.x,
      test: counts.z,
      testErrors: errors.z,
      leak_bits: leak.x,
      eps_sec: 5e-10,
      eps_cor: 5e-16,
      bound: 'hoeffding',
    })
    expect(both.proof).toBe('lim2014')
    expect(both.x.secret_bits).toBe(x.ell)
    expect(both.x.phase_error).toBe(x.phi_X)
    expect(both.secret_bits).toBe(both.x.secret_bits + both.z.secret_bits)
    expect(both.secret_bits).toBeGreaterThan(100_000)
    expect(both.reason).toBeUndefined()
  })

  it('is the variable-length bound twice by default', () => {
    const found = twoBasisKeyLength(counts, errors, leak, source, open)
    const z = eurVariable2d({
      intensities: [0.8, 0.1, 0],
      probabilities: [0.5, 0.25, 0.25],
      key: counts.z,
      test: counts.x,
      testErrors: errors.x,
      leak_bits: leak.z,
      ...eurSplit(5e-10, 5e-16),
    })
    expect(found.proof).toBe('eur-variable-2d')
    expect(found.z.secret_bits).toBe(z.ell)
    expect(found.z.phase_error).toBe(z.e_ph)
  })

  it('one decoy: the consolidated proof by default, both bounds with key', () => {
    const found = twoBasisKeyLength(pairCounts, pairErrors, leak, oneDecoy, open)
    expect(found.proof).toBe('wiesemann-1d')
    expect(found.secret_bits).toBeGreaterThan(0)
    const compared = compareBounds(pairCounts, pairErrors, leak, oneDecoy, open)
    expect(compared.map(({ proof }) => proof)).toEqual(['wiesemann-1d', 'rusca2018'])
    expect(compared[0].secret_bits).toBe(found.secret_bits)
    expect(compared[1].note).toMatch(/legacy fixed-length formula: arXiv:2405.16578/)
  })

  it('refuses a bound of another protocol, and counts that the source cannot have', () => {
    const wrong = () => twoBasisKeyLength(counts, errors, leak, source, open, 'rusca2018')
    expect(wrong).toThrow(/proof "rusca2018" .* eur-variable-2d or lim2014/)
    const third = () => twoBasisKeyLength(counts, errors, leak, oneDecoy, open)
    expect(third).toThrow(/third class has neither/)
    const negative = { ...counts, x: [-1, 5, 5] as [number, number, number] }
    expect(() => twoBasisKeyLength(negative, errors, leak, source, open)).toThrow(/\[-1,5,5\]/)
    expect(() => twoBasisKeyLength(counts, errors, { x: -1, z: 0 }, source, open)).toThrow(
      /leak of basis X -1/,
    )
  })

  it.each(['lim2014', 'eur-variable-2d'] as const)('%s: epsilons sum to the target', (proof) => {
    const { epsilon_shares } = twoBasisKeyLength(counts, errors, leak, source, open, proof)
    const sum = epsilon_shares.reduce((total, { epsilon }) => total + epsilon, 0)
    expect(sum / (1e-9 + 1e-15)).toBeCloseTo(1, 12)
  })

  it('says why nothing is left', () => {
    const nothing: BasisCounts = { x: [0, 0, 0], z: [0, 0, 0] }
    for (const proof of ['lim2014', 'eur-variable-2d'] as const) {
      const empty = twoBasisKeyLength(nothing, nothing, { x: 0, z: 0 }, source, open, proof)
      expect(empty).toMatchObject({ secret_bits: 0 })
      expect(empty.reason).toMatch(/leaves nothing: basis X has too few detections/)
    }
    const noisy = { x: counts.x, z: counts.z.map((n) => n / 2) as [number, number, number] }
    const half = twoBasisKeyLength(counts, noisy, leak, source, security)
    expect(half.reason).toMatch(/error rate of basis Z proves no secrecy in X/)
    const leaky = twoBasisKeyLength(counts, errors, { x: 900_000, z: 81_000 }, source, security)
    expect(leaky.reason).toMatch(/basis X discloses 900000 bits/)
    expect(leaky.secret_bits).toBe(both.z.secret_bits)
  })
})

describe('projection for the display', () => {
  it('explains the sampled rate exactly and gives the vacuum half its counts', () => {
    const modelled = modelledErrors(counts.x, 0.011, source)
    expect(modelled[0]).toBeCloseTo(0.011 * counts.x[0], 6)
    expect(modelled[2]).toBe(counts.x[2] / 2)
  })

  it('one decoy: background extrapolated from the two intensities (linear counts, exact)', () => {
    const [light, dark] = [1e6, 4000]
    const of = (k: 0 | 1): number =>
      oneDecoy.probabilities[k] * (light * oneDecoy.intensities[k] + dark)
    const modelled = modelledErrors([of(0), of(1), 0], 0.02, oneDecoy)
    expect(modelled[0]).toBeCloseTo(0.02 * of(0), 6)
    const ofLight = (0.02 * of(0) - 0.7 * 2000) / (of(0) - 0.7 * dark)
    expect(modelled[1]).toBeCloseTo(0.3 * 2000 + ofLight * (of(1) - 0.3 * dark), 6)
    expect(modelled[2]).toBe(0)
    expect(extractableNow(pairCounts, 0.01, oneDecoy, open)).toBeGreaterThan(0)
  })

  it('falls with the error rate, and is zero without a sample or with no counts', () => {
    const at = (rate: number) => extractableNow(counts, rate, source, security)
    expect(at(0.01)).toBeGreaterThan(at(0.02))
    expect(at(0.02)).toBeGreaterThan(0)
    expect([at(NaN), at(0.3)]).toEqual([0, 0])
    const none: BasisCounts = { x: [0, 0, 0], z: [0, 0, 0] }
    expect(extractableNow(none, 0.01, source, security)).toBe(0)
  })
})
