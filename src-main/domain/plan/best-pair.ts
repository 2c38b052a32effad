/**
 * The pair of passes that gives two stations the most common key: the relay yields the smaller of the two keys.
 * Ties go to the larger sum, then to the earlier pair. One satellite serves one station at a time.
 */
import type { Candidate } from '../model/pass'
import { parseUtc } from '../model/time'

const usable = (candidates: Candidate[], station: string): Candidate[] =>
  candidates.filter(
    ({ pass, dark, expected_key_bits }) =>
      pass.station === station && dark && expected_key_bits > 0,
  )

type Pair = [Candidate, Candidate]

const common = ([x, y]: Pair): number => Math.min(x.expected_key_bits, y.expected_key_bits)
const total = ([x, y]: Pair): number => x.expected_key_bits + y.expected_key_bits

/** One satellite cannot exchange with both stations at once; the relay is one satellite's announcement. */
const flyable = ([x, y]: Pair): boolean =>
  x.pass.satellite === y.pass.satellite && x.pass.id !== y.pass.id && !overlap(x, y)

function overlap(x: Candidate, y: Candidate): boolean {
  if (!x.exchange || !y.exchange) return false
  return (
    parseUtc(x.exchange.from_utc) < parseUtc(y.exchange.to_utc) &&
    parseUtc(y.exchange.from_utc) < parseUtc(x.exchange.to_utc)
  )
}

/** More common key, then more key, then the earlier passes. */
const better = (p: Pair, q: Pair): boolean =>
  (common(p) - common(q) || total(p) - total(q) || earliness(q, p)) > 0

const earliness = (p: Pair, q: Pair): number =>
  p[0].pass.aos.utc.localeCompare(q[0].pass.aos.utc) ||
  p[1].pass.aos.utc.localeCompare(q[1].pass.aos.utc)

/** Best dark passes with key for stations a and b, in that order; null when no two can be flown. */
export function bestNightPair(candidates: Candidate[], a: string, b: string): Pair | null {
  let best: Pair | null = null
  const seconds = usable(candidates, b)
  for (const first of usable(candidates, a))
    for (const second of seconds) {
      const pair: Pair = [first, second]
      if ((!best || better(pair, best)) && flyable(pair)) best = pair
    }
  return best
}
