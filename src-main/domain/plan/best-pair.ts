/**
 * The pair of passes that gives two stations the most common key: the relay yields the smaller of the two keys.
 * Ties go to the larger sum, then to the earlier pair.
 */
import type { Candidate } from '../model/pass'

const usable = (candidates: Candidate[], station: string): Candidate[] =>
  candidates.filter(
    ({ pass, dark, expected_key_bits }) =>
      pass.station === station && dark && expected_key_bits > 0,
  )

const byKey = (a: Candidate, b: Candidate): number =>
  b.expected_key_bits - a.expected_key_bits || a.pass.aos.utc.localeCompare(b.pass.aos.utc)

/**
 * Best dark passes with key for stations a and b, in that order; null when either has none.
 * The relay is one satellite's announcement, so both passes are of the same satellite.
 */
export function bestNightPair(
  candidates: Candidate[],
  a: string,
  b: string,
): [Candidate, Candidate] | null {
  const satellites = [...new Set(candidates.map(({ pass }) => pass.satellite))]
  const pairs = satellites.flatMap((satellite) => {
    const own = candidates.filter(({ pass }) => pass.satellite === satellite)
    const first = usable(own, a).sort(byKey)[0]
    const second = usable(own, b)
      .filter(({ pass }) => pass.id !== first?.pass.id)
      .sort(byKey)[0]
    return first && second ? [[first, second] as [Candidate, Candidate]] : []
  })
  const common = ([x, y]: [Candidate, Candidate]): number =>
    Math.min(x.expected_key_bits, y.expected_key_bits)
  const total = ([x, y]: [Candidate, Candidate]): number =>
    x.expected_key_bits + y.expected_key_bits
  return pairs.sort((p, q) => common(q) - common(p) || total(q) - total(p))[0] ?? null
}
