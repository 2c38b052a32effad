import { describe, expect, it } from 'vitest'
import { binaryEntropy } from '../entropy'
import type { OneDecoyInput } from './one-decoy-input'
import { rusca2018 } from './rusca2018'
import { wiesemann1d } from './wiesemann-1d'

const counts = [36361348, 1214348] as [number, number]
const errors = [728347, 24411] as [number, number]
const total = counts[0] + counts[1]
const input: OneDecoyInput = {
  key: { counts, errors },
  test: { counts: [448906, 14992], errors: [8992, 301] },
  intensities: [0.5, 0.15],
  probabilities: [0.9, 0.1],
  leak_bits: 1.16 * total * binaryEntropy((errors[0] + errors[1]) / total),
  eps_sec: 1e-12,
  eps_cor: 1e-12,
}

describe('one decoy, arXiv:2405.16578: independently computed vector, all printed digits', () => {
  const found = wiesemann1d(input)
  it.each<[keyof typeof found, number, number]>([
    ['s_key0_upper', 455831.596918, 6],
    ['s_test0_upper', 15238.91811, 6],
    ['s_key1', 19535828.082343, 6],
    ['s_test1', 127865.066923, 6],
    ['v_test1', 13903.685463, 6],
    ['lambda_test', 0.108737, 6],
    ['gamma', 0.015454, 6],
    ['lambda_key', 0.124191, 6],
    ['s_key0', 0, 9],
    ['ell_raw', 2787886.324207, 5],
    ['ell', 2787886, 0],
  ])('%s', (field, expected, digits) => expect(found[field]).toBeCloseTo(expected, digits))

  it('leak is the vector own 1.16 n h(q) to its printed digits', () =>
    expect(input.leak_bits).toBeCloseTo(6173184.135621, 6))

  it('Azuma costs key, Fung-Ma-Chau sampling is another bound, vacuum credit never costs', () => {
    expect(wiesemann1d({ ...input, concentration: 'azuma' }).ell).toBeLessThan(found.ell)
    expect(wiesemann1d({ ...input, sampling: 'fung-ma-chau' }).gamma).not.toBe(found.gamma)
    const credited = wiesemann1d({ ...input, credit_vacuum: true })
    expect(credited.ell).toBeGreaterThanOrEqual(found.ell)
  })
})

describe('Rusca 2018 beside it', () => {
  it('differs from the consolidated proof by the fixed cost and the statistics: 6 log2(19/eps) against 4 log2(15/eps) - 1', () => {
    const legacy = rusca2018(input)
    expect(legacy.ell).toBeGreaterThan(0)
    expect(legacy.s_key1).toBeLessThan(wiesemann1d(input).s_key1)
    const cost = (e: number): number => legacy.s_key1 * (1 - binaryEntropy(legacy.phase_error)) - e
    const fixed = 6 * Math.log2(19e12) + Math.log2(2e12)
    expect(legacy.ell_raw - legacy.s_key0).toBeCloseTo(cost(input.leak_bits + fixed), 6)
  })

  it.each<[string, Partial<OneDecoyInput>]>([
    ['[0.15,0.5]', { intensities: [0.15, 0.5] }],
    ['[0.5,0]', { intensities: [0.5, 0] }],
    ['[0.9,0.2]', { probabilities: [0.9, 0.2] }],
    ['eps_cor 1', { eps_cor: 1 }],
    ['leak_bits Infinity', { leak_bits: Infinity }],
    ['key counts [-1,5]', { key: { counts: [-1, 5], errors: [0, 0] } }],
    ['test errors [4,9]', { test: { counts: [5, 5], errors: [4, 9] } }],
  ])('both refuse %s by name', (shown, wrong) => {
    expect(() => rusca2018({ ...input, ...wrong })).toThrow(shown)
    expect(() => wiesemann1d({ ...input, ...wrong })).toThrow(shown)
  })

  it('no counts give no key', () => {
    const empty = { counts: [0, 0] as [number, number], errors: [0, 0] as [number, number] }
    expect(rusca2018({ ...input, key: empty, test: empty })).toMatchObject({ ell: 0, s_key1: 0 })
    expect(wiesemann1d({ ...input, key: empty, test: empty })).toMatchObject({ ell: 0, s_key1: 0 })
  })
})
