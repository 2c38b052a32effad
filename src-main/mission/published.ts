/** Simulated figures beside published ones, each with its band; a row whose input was published says so. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Mission } from '../domain/model/mission'
import type { PassReport, PublishedComparison } from '../domain/model/report'
import { comparePairs } from './published-pairs'

const publishedSchema = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      paper: z.string(),
      station: z.string().optional(),
      stations: z.array(z.string()).optional(),
      date: z.string().optional(),
      values: z.record(z.string(), z.unknown()),
    }),
  ),
})
type Published = z.infer<typeof publishedSchema>['results'][number]

interface Row {
  what: string
  field: string
  of: (report: PassReport) => number
  /** Lower and upper end of what counts as agreement. */
  band: (published: number) => [number, number]
  note?: string
}

const within =
  (share: number) =>
  (value: number): [number, number] => [value * (1 - share), value * (1 + share)]
const about =
  (margin: number) =>
  (value: number): [number, number] => [value - margin, value + margin]

const rows: Row[] = [
  { what: 'min_range_km', field: 'min_range_km', of: (r) => r.min_range_km, band: about(1) },
  { what: 'exchange_s', field: 'duration_s', of: (r) => r.exchange_s, band: about(2) },
  {
    what: 'detections',
    field: 'detection_events',
    of: (r) => r.detections,
    band: within(0.15),
  },
  { what: 'sifted_bits', field: 'sifted_bits', of: (r) => r.sifted_bits, band: within(0.15) },
  {
    what: 'qber',
    field: 'qber',
    of: (r) => r.qber,
    band: about(0.003),
    note: 'input from the published pass: the polarisation error was taken from it',
  },
  {
    what: 'secret_bits',
    field: 'final_key_bits',
    of: (r) => r.secret_bits,
    band: () => [250_000, 420_000],
    note: 'the published analysis is not given in full; this is the Lim 2014 bound on both bases',
  },
]

/** Publications shipped with the application. */
export function readPublished(resourcesDir: string): Published[] {
  const text = readFileSync(join(resourcesDir, 'published-results.json'), 'utf8')
  return publishedSchema.parse(JSON.parse(text)).results
}

/** What was published was flown without drills and faults, by the transmitters as they are. */
export function isAsPublished({
  attacks,
  faults,
  channel,
  satellites,
  exchange,
}: Mission): boolean {
  const calm = [faults.clock_drift, faults.clock_offset_ms, faults.lost_sync, faults.cloud.length]
  const isCalm = [...calm, ...Object.values(channel), attacks.length].every((one) => one === 0)
  const asShipped = satellites.every(({ payload }) => isAsFlown(payload))
  return isCalm && asShipped && exchange.protocol !== 'one-decoy-bb84'
}

/** The shipped transmitter; of a pair source the visibility may be another year's. */
const isAsFlown = (payload: Mission['satellites'][number]['payload']): boolean =>
  typeof payload === 'string' ||
  Object.keys(payload).every((field) => ['id', 'visibility', 'sources'].includes(field))

/** Rows for the pass that a publication describes (same station, same UTC day); empty for any other. */
export function compareWithPublished(
  report: PassReport,
  published: Published[],
): PublishedComparison[] {
  const result = published.find(
    ({ station, date, values }) =>
      station === report.station &&
      date === report.tca.slice(0, 10) &&
      values.detection_events !== undefined,
  )
  if (report.satellite !== 41731) return []
  if (!result) return comparePairs(report, published)
  return rows.flatMap((row) => {
    const value = result.values[row.field]
    return typeof value === 'number' ? [compare(row, value, report, result.paper)] : []
  })
}

function compare(row: Row, published: number, report: PassReport, paper: string) {
  const [low, high] = row.band(published)
  const simulated = row.of(report)
  return {
    what: row.what,
    published,
    simulated,
    within: simulated >= low && simulated <= high,
    band: `${Number(low.toPrecision(7))} to ${Number(high.toPrecision(7))}`,
    note: [paper, row.note].filter(Boolean).join('; '),
  }
}
