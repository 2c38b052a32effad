/** Carries an offset found on a short stretch over the whole streams, as long as one straight line holds. */
import type { FoundOffset } from './find-offset'
import { lineThrough } from './refine-offset'
import { pairsNear } from './tag-pairs'

/**
 * The line over ever longer stretches about the one it was found on, each twice as long: a drift error falls with
 * the power 3/2 of the length. Stops where the drift bends, or coincidences end, or the streams do.
 * @param a_ps tags of the first clock, ascending, on the emission time scale; @param b_ps of the second.
 */
export function extendOffset(
  a_ps: Float64Array,
  b_ps: Float64Array,
  found: FoundOffset,
): FoundOffset {
  const [first, last] = [a_ps[0], a_ps[a_ps.length - 1] + 1]
  let best = found
  while (best.from_ps > first || best.to_ps < last) {
    const length_ps = best.to_ps - best.from_ps
    const from_ps = Math.max(best.from_ps - length_ps / 2, first)
    const to_ps = Math.min(best.to_ps + length_ps / 2, last)
    const longer = fitOver(a_ps, b_ps, best, from_ps, to_ps)
    if (!longer || longer.residual_ps > 1.3 * found.residual_ps) return best
    if (longer.coincidences < best.coincidences) return best
    best = longer
  }
  return best
}

function fitOver(
  a_ps: Float64Array,
  b_ps: Float64Array,
  known: FoundOffset,
  from_ps: number,
  to_ps: number,
): FoundOffset | null {
  const at_ps = (from_ps + to_ps) / 2
  const offset_ps = known.offset_ps + known.drift * (at_ps - known.at_ps)
  const about = { at_ps, offset_ps, drift: known.drift }
  const reach_ps = 12 * known.residual_ps
  const pairs = pairsNear(a_ps, b_ps, about, { from_ps, to_ps, reach_ps })
  const line = lineThrough(pairs, { offset_ps: 0, drift: 0 }, known.residual_ps)
  if (!line) return null
  const { coincidences, accidentals, residual_ps } = line
  const whole = { coincidences, accidentals, residual_ps, score: known.score, from_ps, to_ps }
  return { ...whole, at_ps, offset_ps: offset_ps + line.offset_ps, drift: known.drift + line.drift }
}
