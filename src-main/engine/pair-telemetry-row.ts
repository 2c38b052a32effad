/** Telemetry rows of an entangled contact: detections are coincidences, the loss is that of both photons together. */
import { loss_dB } from '../domain/model/units'
import type { PairEnvironment } from './pair-environment'
import type { SlotStatus } from './party-start'
import { modelledRow, type Row } from './telemetry-row'

/** A row of the exchange before anything is counted. */
const pairExchangeRow = ({ shown, expected }: PairEnvironment, row: number): Row => ({
  ...modelledRow(shown, row, 'exchange'),
  detections_modelled: expected[row].coincidences_Hz,
})

/** Adds what Bob counted; until the clocks are locked nobody knows which of it coincides, and the columns stay empty. */
function pairMeasuredRow(row: Row, status: SlotStatus, pair_rate_Hz: number): Row {
  const counted = { ...row, tags: status.tags }
  if (Number.isNaN(status.sync_residual_ns)) return counted
  const { detections, sifted_bits, sample_bits, sample_errors, sync_residual_ns } = status
  const loss_measured_dB = detections > 0 ? loss_dB(detections / pair_rate_Hz) : NaN
  const measured = { detections, sifted_bits, sample_bits, sample_errors, sync_residual_ns }
  return { ...counted, ...measured, loss_measured_dB }
}

/** A row of the exchange; `status` is null while Bob's receiver is closed: a gap, not a zero. */
export function pairRow(
  environment: PairEnvironment,
  row: number,
  pair_rate_Hz: number,
  status: SlotStatus | null,
): Row {
  const modelled = pairExchangeRow(environment, row)
  return status ? pairMeasuredRow(modelled, status, pair_rate_Hz) : modelled
}
