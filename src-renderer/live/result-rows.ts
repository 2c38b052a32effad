/** What a pass yielded beside what was published of it. */
import type { PassReport } from '@domain/model/report'
import { formatBits, formatNumber, formatPercent } from '../format'
import { liveMessages } from '../messages'
import type { PublishedPass } from './published'

export interface ResultRow {
  name: string
  recorded: string
  /** Geometry comes from the orbit model, counts from the detectors. */
  origin: 'measured' | 'modelled'
  published: string
  note?: string
}

/** Rows of the figures table; `–` where nothing was published. */
export function resultRows(report: PassReport | undefined, published?: PublishedPass): ResultRow[] {
  const { rows, inputRow } = liveMessages.replay
  return [
    row(
      rows.maxElevation,
      formatNumber(report?.max_elevation_deg, 1),
      'modelled',
      formatNumber(NaN),
    ),
    row(
      rows.minRange,
      formatNumber(report?.min_range_km, 1),
      'modelled',
      formatNumber(published?.min_range_km),
    ),
    row(
      rows.exchange,
      formatNumber(report?.exchange_s),
      'modelled',
      formatNumber(published?.exchange_s),
    ),
    row(
      rows.detections,
      formatBits(report?.detections),
      'measured',
      formatBits(published?.detections),
    ),
    row(
      rows.sifted,
      formatBits(report?.sifted_bits),
      'measured',
      formatBits(published?.sifted_bits),
    ),
    {
      ...row(
        rows.qber,
        formatPercent(report?.qber, 2),
        'measured',
        formatPercent(published?.qber, 1),
      ),
      ...(published && !report?.attack ? { note: inputRow } : {}),
    },
    row(
      rows.secret,
      formatBits(report?.secret_bits),
      'measured',
      formatBits(published?.secret_bits),
    ),
  ]
}

const row = (
  name: string,
  recorded: string,
  origin: ResultRow['origin'],
  published: string,
): ResultRow => ({ name, recorded, origin, published })
