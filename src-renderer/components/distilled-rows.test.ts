/** Oracle: sums and differences by hand; Shannon's least disclosure n h(Q), h(0.11) = 0.4999 (1e-3). */
import { describe, expect, it } from 'vitest'
import type { Distillation } from '@domain/model/report'
import { boundRows, correctionRows, disclosedRows, epsilonRows, epsilonSum } from './distilled-rows'

const terms = (leak_bits: number) => ({
  s0: 0,
  s1: 0,
  phase_error: 0,
  leak_bits,
  secret_bits: 0,
})

const report: Distillation = {
  exchange_s: 1,
  pulses_sent: 1,
  detections: 20_000,
  sifted_bits: 20_000,
  sample_bits: 0,
  key_bits_in: 20_000,
  qber: 0.11,
  leak_bits: 11_000,
  efficiency_f: 1.1,
  verified: true,
  secret_bits: 300,
  counts: { x: [9000, 900, 100], z: [9000, 900, 100] },
  errors: { x: [990, 99, 11], z: [990, 99, 11] },
  terms: { x: terms(5400), z: terms(5600) },
  proof: 'eur-variable-2d',
  bounds: [
    { proof: 'lim2014', secret_bits: 340, note: 'legacy' },
    { proof: 'eur-variable-2d', secret_bits: 300, note: 'current' },
  ],
  epsilon_shares: [
    { what: 'amplification', epsilon: 2e-10 },
    { what: 'verification', epsilon: 1e-15 },
  ],
  reconciliation: {
    method: 'ldpc',
    why: 'asked for',
    frames: 2,
    blind_frames: 1,
    round_trips: 3,
    waiting_s: 1.5,
  },
  messages: 1,
  channel_bytes: 1,
  round_trips: 4,
}

describe('rows of a distilled block', () => {
  it('puts the bound that gave the key first, the others by their difference (exact)', () => {
    const rows = boundRows(report).map(({ proof, used, difference_bits }) => [
      proof,
      used,
      difference_bits,
    ])
    expect(rows).toEqual([
      ['eur-variable-2d', true, 0],
      ['lim2014', false, 40],
    ])
  })

  it('adds the shares of failure (exact)', () => {
    expect(epsilonSum(report.epsilon_shares)).toBe(2e-10 + 1e-15)
    expect(epsilonRows(report).at(-1)?.value).toBe('2.0 × 10⁻¹⁰')
    expect(epsilonRows({ ...report, epsilon_shares: [] })).toEqual([])
  })

  it('breaks the disclosed bits down against the least possible (1e-3)', () => {
    const [least, above, x, z, sum] = disclosedRows(report).map(({ bits }) => bits)
    expect(least! / 20_000).toBeCloseTo(0.4999, 3)
    expect(least! + above!).toBe(11_000)
    expect([x, z, sum]).toEqual([5400, 5600, 11_000])
  })

  it('gives finite rows for a contact that was stopped before anything was counted', () => {
    const nothing = { x: [0, 0, 0], z: [0, 0, 0] } satisfies Distillation['counts']
    const stopped = { ...report, counts: nothing, errors: nothing, leak_bits: 0, bounds: [] }
    expect(disclosedRows(stopped).map(({ bits }) => bits)).toEqual([0, 0, 5400, 5600, 0])
    expect(boundRows(stopped)).toEqual([])
  })

  it('counts blind frames of LDPC alone', () => {
    const cascade: Distillation = {
      ...report,
      reconciliation: { ...report.reconciliation, method: 'cascade' },
    }
    expect(correctionRows(report)).toHaveLength(5)
    expect(correctionRows(cascade)).toHaveLength(4)
  })
})
