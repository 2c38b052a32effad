/** Oracle: the limit of 8 % and the binomial spread of small samples. */
import { describe, expect, it } from 'vitest'
import { emptyTelemetry } from '@domain/model/telemetry'
import { alarmingQber } from './qber-alarm'

function rows(bits: number, errors: number, seconds: number) {
  const columns = emptyTelemetry(seconds)
  columns.sample_bits.fill(bits)
  columns.sample_errors.fill(errors)
  return columns
}

describe('QBER alarm', () => {
  it('stands at the limit and above', () => {
    expect(alarmingQber(rows(100, 8, 10))).toBeCloseTo(0.08, 12)
    expect(alarmingQber(rows(100, 9, 60))).toBeCloseTo(0.09, 12)
  })

  it('rests below the limit, on small samples and without any', () => {
    expect(alarmingQber(rows(100, 7, 10))).toBeNull()
    expect(alarmingQber(rows(20, 4, 4))).toBeNull()
    expect(alarmingQber(emptyTelemetry(3))).toBeNull()
    expect(alarmingQber(emptyTelemetry(0))).toBeNull()
  })
})
