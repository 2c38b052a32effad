import { describe, expect, it } from 'vitest'
import { emptyTelemetry, phases } from '@domain/model/telemetry'
import { ALL_SO_FAR, findGaps, lastMean, passSeries, ratioMean } from './pass-series'

const window = { from_ms: 0, to_ms: 30_000, exchange_from_ms: 5_000, exchange_to_ms: 25_000 }

function rows(seconds: number[]) {
  const columns = emptyTelemetry(seconds.length)
  seconds.forEach((second, row) => {
    columns.utc_ms[row] = second * 1000
    columns.detections[row] = second
    columns.extractable_bits[row] = 100 * second
    columns.loss_measured_dB[row] = 31
  })
  return columns
}

describe('passSeries', () => {
  const seconds = Array.from({ length: 21 }, (_, second) => second)

  it('lays rows on their second and leaves the rest without a value (exact)', () => {
    const series = passSeries(rows(seconds), window)
    expect(series.times_ms.length).toBe(31)
    expect(series.detections[4]).toBeNaN()
    expect(series.detections[7]).toBe(7)
    expect(series.detections[21]).toBeNaN()
    expect(series.extractable_bps[15]).toBe(100)
  })

  it('takes the forecast only where telemetry says nothing (exact)', () => {
    const columns = rows([10])
    columns.loss_modelled_dB[0] = 30
    const series = passSeries(columns, window, {
      times_ms: Float64Array.of(10_000, 11_000),
      detections: Float64Array.of(1, 2),
      loss_dB: Float64Array.of(40, 41),
    })
    expect([series.lossModelled_dB[10], series.lossModelled_dB[11]]).toEqual([30, 41])
    expect(series.residual_dB[10]).toBe(1)
  })
})

describe('gaps and means', () => {
  it('names holes of two seconds and more inside the exchange, clipped to it', () => {
    expect(
      findGaps(
        Float64Array.of(1, 2, 9, 10, 24, 29).map((s) => s * 1000),
        window,
      ),
    ).toEqual([
      { from_ms: 5_000, to_ms: 9_000 },
      { from_ms: 10_000, to_ms: 24_000 },
    ])
    expect(findGaps(Float64Array.of(6000, 7000, 8000), window)).toEqual([])
  })

  it('sees the seconds of a hold as a hole, though each has its row (exact)', () => {
    const columns = rows([5, 6, 7, 8, 9, 10, 11])
    columns.phase.fill(phases.indexOf('exchange'))
    columns.detections.fill(NaN, 2, 5)
    expect(passSeries(columns, window).gaps).toEqual([{ from_ms: 6_000, to_ms: 10_000 }])
  })

  it('shows a hold that lasts as a hole up to the last row (exact)', () => {
    const columns = rows([5, 6, 7, 8, 9])
    columns.phase.fill(phases.indexOf('exchange'))
    columns.detections.fill(NaN, 2)
    expect(passSeries(columns, window).gaps).toEqual([{ from_ms: 6_000, to_ms: 9_000 }])
  })

  it('takes the QBER as all errors over all bits of ten seconds, not as a mean of ratios', () => {
    const bits = Float64Array.from({ length: 12 }, (_, row) => (row < 2 ? 1e6 : 100))
    const errors = bits.map((_, row) => (row < 2 ? 1e6 : row === 11 ? 10 : 0))
    expect(ratioMean(errors, bits)[11]).toBeCloseTo(0.01, 12)
    expect(ratioMean(Float64Array.of(0), Float64Array.of(0))[0]).toBeNaN()
  })

  it('waits for twenty bits of pairs and then counts all of them (exact)', () => {
    const bits = new Float64Array(60).fill(1)
    const errors = new Float64Array(60)
    errors[2] = 1
    const qber = ratioMean(errors, bits, ALL_SO_FAR)
    expect(qber[18]).toBeNaN()
    expect([qber[19], qber[59]]).toEqual([1 / 20, 1 / 60])
  })

  it('has no mean without values', () => {
    expect(lastMean(Float64Array.of(NaN, NaN))).toBeNaN()
    expect(lastMean(Float64Array.of(1, NaN, 3))).toBe(2)
  })
})
