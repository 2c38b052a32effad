import { describe, expect, it } from 'vitest'
import vectors from '../vectors/pass-key-length.json'
import optima from '../vectors/pass-optimum.json'
import { optimisePass } from './optimise-pass'
import { gatherSlots, passCounts, passSlots } from './pass-counts'
import { passKeyLength } from './pass-model'
import { readLossProfile, readPassInputs, readSourceParameters } from './pass-model-input'

const profile = readLossProfile(vectors.shipped_loss_profile)
const [fixed, optimised] = vectors.cases
const inputsOf = (changes: object) => readPassInputs({ ...optimised.inputs, ...changes })

describe('optimised pass against the best values known, at least 0.9999 or all but half a bit', () => {
  it("SatQuMA's own optimum (pass-key-length.json)", () => {
    const best = optimisePass(inputsOf({}), profile)
    expect(best['SKL (b)']).toBeGreaterThanOrEqual(0.9999 * optimised.outputs[0]['SKL (b)'])
  })

  it.each(optima.cases)('a search by differential evolution: $inputs', ({ inputs, best_bits }) => {
    const best = optimisePass(inputsOf(inputs), profile)
    expect(best['SKL (b)']).toBeGreaterThanOrEqual(Math.min(0.9999 * best_bits, best_bits - 0.5))
  })

  it('is never below fixed parameters', () => {
    const inputs = readPassInputs(fixed.inputs)
    const given = passKeyLength(inputs, profile, readSourceParameters(fixed.inputs.x, 0))
    expect(optimisePass(inputs, profile)['SKL (b)']).toBeGreaterThan(given['SKL (b)'])
  })
})

describe('optimised pass at its limits', () => {
  it('is deterministic, and its columns are those of the model at the x it returns', () => {
    const inputs = inputsOf({ ls0: 4 })
    const { x, ...columns } = optimisePass(inputs, profile)
    expect(optimisePass(inputs, profile)).toEqual({ x, ...columns })
    expect(passKeyLength(inputs, profile, readSourceParameters(x, inputs.mu3))).toEqual(columns)
  })

  it.each([{}, { bound: 'Hoeffding' }, { Pec: 1e-5 }, { ec: 'mXtot', dt0: 5 }, { mu3: 0.002 }])(
    'has one edge of the dead zone: key up to it, none beyond (%j)',
    (changes) => {
      const key = (ls0: number) => optimisePass(inputsOf({ ...changes, ls0 }), profile)['SKL (b)']
      const lengths = Array.from({ length: 26 }, (_, i) => key(i))
      const dead = lengths.indexOf(0)
      expect(dead).toBeGreaterThan(1)
      expect(lengths.slice(dead).every((length) => length === 0)).toBe(true)
      for (let i = 1; i < dead; i++) expect(lengths[i]).toBeLessThan(lengths[i - 1])
    },
  )

  it('never claims more key than detections, also where n_2^- bounds nothing', () => {
    for (const ls0 of [0, 12, 40]) {
      const best = optimisePass(inputsOf({ mu3: 0.002, ls0 }), profile)
      expect(best['SKL (b)']).toBeLessThanOrEqual(best.nX)
    }
  })

  it('gives nothing for an empty window, without failing', () => {
    expect(optimisePass(inputsOf({ minElev: 90 }), profile)['SKL (b)']).toBe(0)
  })

  it('gathers slots without losing seconds or light: errors of a test basis within 1e-4', () => {
    const inputs = inputsOf({})
    const slots = passSlots(inputs, profile)
    const few = gatherSlots(slots, 12)
    expect(few.eta.length).toBeLessThanOrEqual(13)
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)
    expect(total(few.seconds)).toBe(slots.eta.length)
    const x = readSourceParameters(fixed.inputs.x, 0)
    const [all, gathered] = [slots, few].map((one) => passCounts(one, inputs, x))
    expect(Math.abs(gathered.mZ[1] / all.mZ[1] - 1)).toBeLessThan(1e-4)
    expect(Math.abs(gathered.nX[0] / all.nX[0] - 1)).toBeLessThan(1e-4)
  })
})
