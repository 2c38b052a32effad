/** Figures of an entangled pass: correlations, coincidences and what a device-independent proof would allow. */
import type { PassReport } from '@domain/model/report'
import type { Origin } from '@domain/model/telemetry'
import { formatBits, formatNumber, formatPercent } from '../format'
import { resultMessages } from '../messages'

export interface BellRow {
  name: string
  value: string
  origin: Origin
  hint?: string
}

const words = resultMessages.bell

/** E of the four pairs of settings, in the order of the sum S = E1 - E2 + E3 + E4. */
export const correlationRows = ({ chsh }: PassReport): BellRow[] =>
  (chsh?.E ?? []).map((E, setting) => ({
    name: words.settings[setting] ?? '',
    value: formatNumber(E, 3),
    origin: 'measured',
  }))

/** @param ends names of the two sides, Alice's first. */
export function coincidenceRows(report: PassReport, ends: readonly string[]): BellRow[] {
  const { chsh, pairs, qber } = report
  const rows: BellRow[] = [{ name: words.qber, value: formatPercent(qber, 2), origin: 'measured' }]
  if (pairs) rows.unshift(...pairRows(pairs, ends))
  if (!chsh) return rows
  return [
    { name: words.coincidences, value: formatBits(chsh.coincidences), origin: 'measured' },
    ...rows,
    {
      name: words.rate,
      value: formatNumber(chsh.device_independent_rate, 3),
      origin: 'modelled',
      hint: words.rateHint,
    },
  ]
}

const pairRows = (
  { coincidences, accidentals_modelled, window_ns, singles }: NonNullable<PassReport['pairs']>,
  ends: readonly string[],
): BellRow[] => [
  { name: words.all, value: formatBits(coincidences), origin: 'measured' },
  { name: words.accidentals, value: formatNumber(accidentals_modelled, 1), origin: 'modelled' },
  { name: words.window, value: formatNumber(window_ns, 1), origin: 'modelled' },
  ...singles.map((count, end): BellRow => ({
    name: words.singles(ends[end] ?? String(end + 1)),
    value: formatBits(count),
    origin: 'measured',
  })),
]
