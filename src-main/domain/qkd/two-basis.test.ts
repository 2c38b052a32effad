import { describe, expect, it } from 'vitest'
import type { BasisCounts } from '../model/report'
import { lim2014 } from './lim2014'
import { extractableNow, modelledErrors } from './projected'
import { twoBasisKeyLength, type DecoySource } from './two-basis'

const source: DecoySource = { intensities: [0.8, 0.1, 0], probabilities: [0.5, 0.25, 0.25] }
const security = { eps_sec: 1e-9, eps_cor: 1e-15 }
const counts: BasisCounts = { x: [835_000, 58_000, 3000], z: [830_000, 57_000, 3100] }
const errors: BasisCounts = { x: [9200, 2000, 1500], z: [9300, 2050, 1550] }
const leak = { x: 80_000, z: 81_000 }

describe('key from both bases against lim2014 itself, exact', () => {
  const both = twoBasisKeyLength(counts, errors, leak, source, security)

  it('is Lim 2014 twice with halved epsilons, exactly', () => {
    const x = lim2014({
      ...source,
      key: counts.x,
      test: counts.z,
      testErrors: errors.z,
      leak_bits: leak.x,
      eps_sec: 5e-10,
      eps_cor: 5e-16,
      bound: 'hoeffding',
    })
    expect(both.x.secret_bits).toBe(x.ell)
    expect(both.x.phase_error).toBe(x.phi_X)
    expect(both.secret_bits).toBe(both.x.secret_bits + both.z.secret_bits)
    expect(both.secret_bits).toBeGreaterThan(100_000)
    expect(both.reason).toBeUndefined()
  })

  it('says why nothing is left', () => {
    const nothing: BasisCounts = { x: [0, 0, 0], z: [0, 0, 0] }
    const empty = twoBasisKeyLength(nothing, nothing, { x: 0, z: 0 }, source, security)
    expect(empty).toMatchObject({ secret_bits: 0 })
    expect(empty.reason).toMatch(/leaves nothing: basis X has too few detections/)
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
    const modelled = modelledErrors(counts.x, 0.011, source.probabilities)
    expect(modelled[0]).toBeCloseTo(0.011 * counts.x[0], 6)
    expect(modelled[2]).toBe(counts.x[2] / 2)
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
