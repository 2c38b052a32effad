/** Telemetry rows on an even one-second grid, with the ten-second means and gaps the curves show. */
import { phases, type TelemetryColumn, type TelemetryColumns } from '@domain/model/telemetry'

/** Seconds in a trailing mean of a live figure. */
export const MEAN_S = 10
/** A hole in measured data is drawn as a gap from this many seconds on. */
const GAP_FROM_S = 2

export interface Gap {
  from_ms: number
  to_ms: number
}

/** Values a second apart from `from_ms`; NaN is "no value". */
export interface PassSeries {
  from_ms: number
  times_ms: Float64Array
  detections: Float64Array
  detectionsModelled: Float64Array
  /** Fraction, trailing mean of the disclosed sample. */
  qber: Float64Array
  sifted_bps: Float64Array
  extractable_bps: Float64Array
  extractable_bits: Float64Array
  lossMeasured_dB: Float64Array
  lossModelled_dB: Float64Array
  /** Published loss of the flagship pass with our detector and gate added; NaN for any other. */
  lossPublished_dB: Float64Array
  /** Measured minus modelled loss. */
  residual_dB: Float64Array
  gaps: Gap[]
}

/** Curves known beforehand from the models, on their own times; fills what telemetry has not said yet. */
export interface Forecast {
  times_ms: Float64Array
  detections: Float64Array
  loss_dB: Float64Array
  lossPublished_dB?: Float64Array
}

export interface SeriesWindow {
  from_ms: number
  to_ms: number
  exchange_from_ms: number
  exchange_to_ms: number
}

/** How many disclosed bits a QBER stands on: the last ten seconds of weak pulses, all so far of pairs. */
export interface QberMean {
  over_s: number
  least_bits: number
}
const RECENT: QberMean = { over_s: MEAN_S, least_bits: 1 }
/** Pairs disclose a bit now and then: with fewer than twenty an error rate is only a guess. */
export const ALL_SO_FAR: QberMean = { over_s: Infinity, least_bits: 20 }

/** Lays rows on the grid of a window; rows outside it are left out. */
export function passSeries(
  columns: TelemetryColumns,
  window: SeriesWindow,
  forecast?: Forecast,
  mean = RECENT,
): PassSeries {
  const times_ms = gridTimes(window)
  const lay = (name: TelemetryColumn): Float64Array =>
    layOut(columns.utc_ms, columns[name], times_ms)
  const lossMeasured_dB = lay('loss_measured_dB')
  const lossModelled_dB = lay('loss_modelled_dB')
  const detectionsModelled = lay('detections_modelled')
  if (forecast) {
    fill(lossModelled_dB, layOut(forecast.times_ms, forecast.loss_dB, times_ms))
    fill(detectionsModelled, layOut(forecast.times_ms, forecast.detections, times_ms))
  }
  const inside = (values: Float64Array): Float64Array => onlyInside(values, times_ms, window)
  const detections = inside(lay('detections'))
  const extractable_bits = lay('extractable_bits')
  return {
    from_ms: times_ms[0] ?? NaN,
    times_ms,
    detections,
    detectionsModelled: inside(detectionsModelled),
    qber: ratioMean(lay('sample_errors'), lay('sample_bits'), mean),
    sifted_bps: inside(lay('sifted_bits')),
    extractable_bps: inside(slope(extractable_bits)),
    extractable_bits,
    lossMeasured_dB,
    lossModelled_dB: inside(lossModelled_dB),
    lossPublished_dB: forecast?.lossPublished_dB
      ? inside(layOut(forecast.times_ms, forecast.lossPublished_dB, times_ms))
      : new Float64Array(times_ms.length).fill(NaN),
    residual_dB: lossMeasured_dB.map((loss, row) => loss - (lossModelled_dB[row] ?? NaN)),
    gaps: findGaps(receivedTimes(columns), window),
  }
}

function gridTimes({ from_ms, to_ms }: SeriesWindow): Float64Array {
  const first = Math.ceil(from_ms / 1000)
  const length = Math.max(0, Math.floor(to_ms / 1000) - first + 1)
  return Float64Array.from({ length }, (_, row) => (first + row) * 1000)
}

function layOut(from: Float64Array, values: Float64Array, times_ms: Float64Array): Float64Array {
  const laid = new Float64Array(times_ms.length).fill(NaN)
  const start = times_ms[0] ?? NaN
  for (let row = 0; row < from.length; row += 1) {
    const at = Math.round(((from[row] ?? NaN) - start) / 1000)
    if (at >= 0 && at < laid.length) laid[at] = values[row] ?? NaN
  }
  return laid
}

function fill(values: Float64Array, spare: Float64Array): void {
  for (let row = 0; row < values.length; row += 1)
    if (Number.isNaN(values[row])) values[row] = spare[row] ?? NaN
}

function onlyInside(values: Float64Array, times_ms: Float64Array, window: SeriesWindow) {
  return values.map((value, row) => {
    const time = times_ms[row] ?? NaN
    return time >= window.exchange_from_ms && time <= window.exchange_to_ms ? value : NaN
  })
}

/** Trailing mean of a ratio over the last seconds that have data: sum of numerators over sum of denominators. */
export function ratioMean(
  numerator: Float64Array,
  denominator: Float64Array,
  { over_s, least_bits }: QberMean = RECENT,
): Float64Array {
  return denominator.map((own, row) => {
    if (Number.isNaN(own)) return NaN
    let above = 0
    let below = 0
    for (let back = Math.max(0, row - over_s + 1); back <= row; back += 1) {
      above += numerator[back] || 0
      below += denominator[back] || 0
    }
    return below >= least_bits ? above / below : NaN
  })
}

/** Mean rate of change per second over the last ten seconds. */
function slope(values: Float64Array): Float64Array {
  return values.map((value, row) => (value - (values[row - MEAN_S] ?? NaN)) / MEAN_S)
}

/**
 * Times of the rows that received something: a held second has a row, and a hole in its values. Rows outside
 * the exchange receive nothing by nature and count as well, and the last row ends a hole that still grows.
 */
export function receivedTimes({ utc_ms, detections, phase }: TelemetryColumns): Float64Array {
  const exchange = phases.indexOf('exchange')
  const last = utc_ms.length - 1
  return utc_ms.filter(
    (_, row) => row === last || phase[row] !== exchange || !Number.isNaN(detections[row]),
  )
}

/** Holes between rows inside the exchange. */
export function findGaps(utc_ms: Float64Array, window: SeriesWindow): Gap[] {
  const gaps: Gap[] = []
  for (let row = 1; row < utc_ms.length; row += 1) {
    const from_ms = Math.max(utc_ms[row - 1] ?? NaN, window.exchange_from_ms)
    const to_ms = Math.min(utc_ms[row] ?? NaN, window.exchange_to_ms)
    if (to_ms - from_ms >= GAP_FROM_S * 1000) gaps.push({ from_ms, to_ms })
  }
  return gaps
}

/** Mean of the last ten rows that have a value; NaN when none has. */
export function lastMean(values: Float64Array): number {
  const last = values.subarray(-MEAN_S).filter((value) => !Number.isNaN(value))
  return last.length ? last.reduce((sum, value) => sum + value, 0) / last.length : NaN
}

/** Sum over the rows that have a value. */
export const total = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0)
