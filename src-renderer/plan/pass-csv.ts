/** The pass table as CSV (RFC 4180): one row a pass, units in the header, times ISO UTC. */
import type { Candidate } from '@domain/model/pass'
import { stationsOf } from './chosen'
import { messages } from '../messages'

const quoted = (value: string): string =>
  /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
const fixed = (value: number, decimals: number): string => value.toFixed(decimals)

/** Rows in the order given; `chosen` is asked for each pass id. */
export function passCsv(
  candidates: Candidate[],
  chosen: ReadonlySet<string>,
  satelliteName: (noradId: number) => string,
): string {
  const rows = candidates.map((candidate) =>
    row(candidate, chosen.has(candidate.pass.id), satelliteName(candidate.pass.satellite))
      .map(quoted)
      .join(','),
  )
  return [messages.plan.csv.header, ...rows, ''].join('\r\n')
}

function row(candidate: Candidate, chosen: boolean, satellite: string): string[] {
  const { pass, exchange, expected_key_bits, whyNoKey } = candidate
  const { aos, tca, los } = pass
  return [
    chosen ? 'yes' : 'no',
    satellite,
    String(pass.satellite),
    stationsOf(candidate).join('+'),
    aos.utc,
    tca.utc,
    los.utc,
    fixed(pass.duration_s, 1),
    fixed(pass.max_elevation_deg, 3),
    fixed(pass.min_range_km, 3),
    fixed(tca.sun_elevation_deg, 2),
    fixed(tca.moon_elevation_deg, 2),
    fixed(tca.moon_separation_deg, 2),
    fixed(tca.moon_illuminated_fraction, 3),
    tca.satellite_light,
    exchange?.from_utc ?? '',
    exchange?.to_utc ?? '',
    fixed(expected_key_bits, 0),
    whyNoKey ?? '',
  ]
}
