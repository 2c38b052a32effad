/** The figures that the live strip and the key panel show, from telemetry so far. */
import type { TelemetryColumns } from '@domain/model/telemetry'
import { ALL_SO_FAR, lastMean, MEAN_S, total } from '../charts/pass-series'

export interface PassFigures {
  /** Fraction over the disclosed sample of the last ten seconds. */
  qber: number
  /** Fraction over the whole disclosed sample. */
  qberAll: number
  sifted_bps: number
  siftedPeak_bps: number
  extractable_bits: number
  /** Sums since the start. */
  sample_bits: number
  detections: number
  sifted_bits: number
  lossMeasured_dB: number
  lossModelled_dB: number
  detections_Hz: number
  extractable_bps: number
}

/** Figures of the last row; NaN where nothing was received. */
export function passFigures(columns: TelemetryColumns): PassFigures {
  const recent = (values: Float64Array): number => total(values.subarray(-MEAN_S))
  const last = (values: Float64Array): number => values.at(-1) ?? NaN
  const sample = recent(columns.sample_bits)
  const extractable = columns.extractable_bits
  const allBits = total(columns.sample_bits)
  return {
    qberAll: allBits > 0 ? total(columns.sample_errors) / allBits : NaN,
    qber: sample > 0 ? recent(columns.sample_errors) / sample : NaN,
    sifted_bps: lastMean(columns.sifted_bits),
    siftedPeak_bps: greatest(columns.sifted_bits),
    extractable_bits: lastKnown(extractable),
    sample_bits: received(columns.sample_bits),
    detections: received(columns.detections),
    sifted_bits: received(columns.sifted_bits),
    lossMeasured_dB: lastMean(columns.loss_measured_dB),
    lossModelled_dB: lastMean(columns.loss_modelled_dB),
    detections_Hz: last(columns.detections),
    extractable_bps: (last(extractable) - (extractable.at(-1 - MEAN_S) ?? NaN)) / MEAN_S,
  }
}

/** The last value that exists: a bound stays while no new one comes. */
const lastKnown = (values: Float64Array): number =>
  values.filter((value) => !Number.isNaN(value)).at(-1) ?? NaN

/** The sum, or NaN when no row has a value: nothing received is not zero. */
const received = (values: Float64Array): number =>
  values.some((value) => !Number.isNaN(value)) ? total(values) : NaN

/** The QBER that a chart names: of pairs that of all disclosed bits, once they are enough. */
export function chartQber({ qber, qberAll, sample_bits }: PassFigures, pairs: boolean): number {
  if (!pairs) return qber
  return sample_bits >= ALL_SO_FAR.least_bits ? qberAll : NaN
}

function greatest(values: Float64Array): number {
  const most = values.reduce((best, value) => (value > best ? value : best), -Infinity)
  return most > 0 ? most : NaN
}
