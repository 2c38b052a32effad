import { describe, expect, it } from 'vitest'
import vectors from '../vectors/pass-key-length.json'
import { passKeyLength } from './pass-model'
import { readLossProfile, readPassInputs, readSourceParameters } from './pass-model-input'

const profile = readLossProfile(vectors.shipped_loss_profile)
const [fixed, optimised] = vectors.cases
const base = readPassInputs(fixed.inputs)
const x = readSourceParameters(fixed.inputs.x, base.mu3)

describe('pass model against SatQuMA (pass-key-length.json), relative 1e-11', () => {
  it('fixed parameters: every column', () => {
    const computed: Record<string, number> = passKeyLength(base, profile, x)
    const skipped: string[] = []
    for (const [name, expected] of Object.entries(fixed.outputs[0])) {
      if (computed[name] === undefined) skipped.push(name)
      else expect(Math.abs(computed[name] - expected), name).toBeLessThanOrEqual(1e-11 * expected)
    }
    expect(skipped).toEqual([])
  })

  it("the peer's optimised parameters", () => {
    const inputs = readPassInputs(optimised.inputs)
    const { PxA, P1, P2, mu1, mu2, ...expected } = optimised.outputs[0]
    const source = readSourceParameters([PxA, P1, P2, mu1, mu2], inputs.mu3)
    const computed = passKeyLength(inputs, profile, source)
    expect(Math.abs(computed['SKL (b)'] / expected['SKL (b)'] - 1)).toBeLessThan(1e-11)
    expect(Math.abs(computed.QBER / expected.QBER - 1)).toBeLessThan(1e-11)
  })
})

describe('pass model by its own rules', () => {
  it('several passes give more key a pass than one', () => {
    const one = passKeyLength(base, profile, x)['SKL (b)']
    expect(passKeyLength({ ...base, NoPass: 10 }, profile, x)['SKL (b)']).toBeGreaterThan(one)
  })

  it('leak models: mXtot is fEC m_X, block is fEC n_X h(Q), logM never less than block', () => {
    const leakOf = (ec: typeof base.ec, dt0 = 210) =>
      passKeyLength({ ...base, ec, dt0 }, profile, x).lambdaEC
    const { mX } = passKeyLength(base, profile, x)
    expect(leakOf('mXtot')).toBeCloseTo(1.16 * mX, 9)
    expect(leakOf('none')).toBe(0)
    expect(leakOf('logM')).toBe(leakOf('block'))
    expect(leakOf('logM', 0)).toBeGreaterThan(leakOf('block', 0))
  })

  it('Hoeffding is worse than Chernoff, extra loss and a shifted window are worse than none', () => {
    const best = passKeyLength(base, profile, x)['SKL (b)']
    for (const worse of [{ bound: 'Hoeffding' as const }, { ls0: 3 }, { shift0: 20 }]) {
      const less = passKeyLength({ ...base, ...worse }, profile, x)['SKL (b)']
      expect(less).toBeLessThan(best)
      expect(less).toBeGreaterThan(0)
    }
  })

  it('a shift works to both sides alike', () => {
    const [left, right] = [-15, 15].map((shift0) =>
      passKeyLength({ ...base, shift0, dt0: 60 }, profile, x),
    )
    expect(left.nX).toBeCloseTo(right.nX, 3)
  })

  it('no slots and no light give no key, not a failure', () => {
    for (const nothing of [{ minElev: 90 }, { ls0: 200 }, { Pec: 0, ls0: 3000 }]) {
      const none = passKeyLength({ ...base, ...nothing }, profile, x)
      expect(none['SKL (b)']).toBe(0)
      expect(none['SKL raw (b)']).toBeLessThan(0)
    }
  })

  it('takes numbers as strings and a profile without column names', () => {
    const texts = { ...fixed.inputs, fs: '1e8', Pec: '1e-7', dt0: '210' }
    const rows = readLossProfile(vectors.shipped_loss_profile.rows)
    expect(passKeyLength(readPassInputs(texts), rows, x)).toEqual(passKeyLength(base, profile, x))
  })

  it.each<[string, Record<string, unknown>]>([
    ['fs is -5', { fs: -5 }],
    ['eps_s is "x"', { eps_s: 'x' }],
    ['eps_c is missing', { eps_c: undefined }],
    ['bound is "Serfling"; it must be one of Chernoff, Hoeffding', { bound: 'Serfling' }],
    ['QBERI is 0.7', { QBERI: 0.7 }],
  ])('refuses inputs by name: %s', (shown, wrong) => {
    expect(() => readPassInputs({ ...fixed.inputs, ...wrong })).toThrow(shown)
  })

  it('refuses impossible parameters and profiles by name', () => {
    expect(() => readSourceParameters([0.9, 0.8, 0.3, 0.7, 0.1], 0)).toThrow(/pk1, pk2/)
    expect(() => readSourceParameters([0.9, 0.7, 0.2, 0.1, 0.3], 0)).toThrow(/mu1, mu2/)
    expect(() => readSourceParameters([0.9, 0.7], 0)).toThrow(/five numbers/)
    expect(() => readLossProfile([[0, 1, 1.5]])).toThrow(/row 0/)
    expect(() => readLossProfile({ rows: [] })).toThrow(/at least one/)
  })
})
