import { describe, expect, it } from 'vitest'
import { emptyTelemetry } from '@domain/model/telemetry'
import { passFigures } from './pass-figures'

describe('passFigures', () => {
  it('has no figure before the first row', () => {
    expect(Object.values(passFigures(emptyTelemetry(0))).every(Number.isNaN)).toBe(true)
  })

  it('takes QBER and rate over the last ten rows, sums over all (exact)', () => {
    const columns = emptyTelemetry(20)
    for (let row = 0; row < 20; row += 1) {
      columns.sample_bits[row] = 100
      columns.sample_errors[row] = row < 10 ? 50 : 2
      columns.sifted_bits[row] = row < 10 ? 1000 : 5000
      columns.detections[row] = 10
      columns.extractable_bits[row] = 200 * row
    }
    expect(passFigures(columns)).toMatchObject({
      qber: 0.02,
      sifted_bps: 5000,
      siftedPeak_bps: 5000,
      sifted_bits: 60_000,
      detections: 200,
      extractable_bits: 3800,
      extractable_bps: 200,
    })
  })
})
