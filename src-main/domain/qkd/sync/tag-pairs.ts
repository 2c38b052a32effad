/** Time differences of two tag streams near an expected offset: what offsets are refined from. */
import type { ClockOffset } from './clock-offset'

/** One row a pair: a's time since `at_ps` and how far b is from where the line expects it. */
export interface TagPairs {
  time_ps: Float64Array
  difference_ps: Float64Array
}

/** All pairs of a in [from_ps, to_ps) with b within `reach_ps` of the line. */
export function pairsNear(
  a_ps: Float64Array,
  b_ps: Float64Array,
  line: ClockOffset,
  span: { from_ps: number; to_ps: number; reach_ps: number },
): TagPairs {
  const { from_ps, to_ps, reach_ps } = span
  const times: number[] = []
  const differences: number[] = []
  const expectedAt = (time: number) => time + line.offset_ps + line.drift * (time - line.at_ps)
  let low = firstNotBelow(b_ps, expectedAt(from_ps) - reach_ps)
  for (let i = firstNotBelow(a_ps, from_ps); i < a_ps.length && a_ps[i] < to_ps; i++) {
    const expected = expectedAt(a_ps[i])
    while (low < b_ps.length && b_ps[low] < expected - reach_ps) low++
    for (let j = low; j < b_ps.length && b_ps[j] <= expected + reach_ps; j++) {
      times.push(a_ps[i] - line.at_ps)
      differences.push(b_ps[j] - expected)
    }
  }
  return { time_ps: Float64Array.from(times), difference_ps: Float64Array.from(differences) }
}

/** First place in an ascending list whose value is not below the limit. */
export function firstNotBelow(values: ArrayLike<number>, limit: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] < limit) low = middle + 1
    else high = middle
  }
  return low
}
