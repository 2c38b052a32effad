/** Bench rows of tag synchronisation: two streams of a million tags, a fifth of them common. */
import { offsetAt } from '../domain/qkd/sync/clock-offset'
import { matchCoincidences } from '../domain/qkd/sync/coincidences'
import { TagCorrelator } from '../domain/qkd/sync/correlation'
import { extendOffset } from '../domain/qkd/sync/extend-offset'
import { findOffset, type FoundOffset } from '../domain/qkd/sync/find-offset'
import { pairStreams } from '../domain/qkd/sync/pair-streams'
import { cpuSeconds, type BenchRow } from './bench-row'

const BIN_PS = 1e6
const ROUNDS = 5

/** Coarse correlation over +-1.05 s in bins of 1 us, the whole search, and the match of both streams. */
export function benchTags(): BenchRow[] {
  const { a, b, truth } = pairStreams({
    duration_s: 10,
    rate_Hz: 100_000,
    common: 0.2,
    offset_s: 0.123,
    drift: 3e-7,
    jitter_ps: 500,
  })
  const n = a.length + b.length
  const correlator = new TagCorrelator(2 ** 20)
  const coarse = fastest(() => {
    const binning = { zero_ps: 0, bin_ps: BIN_PS, stretch: 1 }
    correlator.setFirst(a, binning)
    correlator.correlate(b, binning)
  })
  const found = synchronise(a, b)
  const search = fastest(() => synchronise(a, b))
  const match = fastest(() => matchCoincidences(a, b, found, 4000))
  const coincidences = matchCoincidences(a, b, found, 4000).a.length
  const offset_error_ps = offsetAt(found, 5e12) - truth(5e12)
  const drift_error = found.drift - 3e-7
  return [
    row('tags-coarse', n, coarse, { lags: 2 * correlator.places }),
    row('tags-search', n, search, { offset_error_ps, drift_error }),
    row('tags-match', n, match, { coincidences }),
  ]
}

function synchronise(a: Float64Array, b: Float64Array): FoundOffset {
  const found = findOffset(a, b)
  if (!found) throw new Error('Bench of tags: no offset was found in the streams made for it.')
  return extendOffset(a, b, found)
}

const row = (
  kernel: string,
  n: number,
  cpu_s: number,
  merit: Record<string, number>,
): BenchRow => ({
  kernel,
  n,
  rate: n / cpu_s / 1e6,
  unit: 'Mtags/s',
  cpu_s,
  ...merit,
})

const fastest = (work: () => unknown): number =>
  Math.min(...Array.from({ length: ROUNDS }, () => cpuSeconds(() => void work())))
