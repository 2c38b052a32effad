/** Coincidences of two tag streams once the offset between their clocks is known. */
import { lineAt, type ClockOffset, type OffsetTrack } from './clock-offset'

/** Pairs in time order: places in either stream and b's distance from where a expects it. */
export interface Coincidences {
  a: Uint32Array
  b: Uint32Array
  residual_ps: Float64Array
}

/**
 * Pairs within half a window of each other, each tag in one pair at most: of several the first is taken, unless
 * the next one of b lies nearer.
 * @param a_ps tags of the first clock, ascending; @param b_ps of the second.
 * @param window_ps full width.
 * @throws when the window is not positive.
 */
export function matchCoincidences(
  a_ps: Float64Array,
  b_ps: Float64Array,
  track: ClockOffset | OffsetTrack,
  window_ps: number,
): Coincidences {
  if (!(window_ps > 0))
    throw new Error(`Coincidences: a window of ${window_ps} ps must be positive`)
  const size = Math.min(a_ps.length, b_ps.length)
  const out = { a: new Uint32Array(size), b: new Uint32Array(size), r: new Float64Array(size) }
  const half = window_ps / 2
  let [count, j] = [0, 0]
  let line = lineAt(track, -Infinity)
  for (let i = 0; i < a_ps.length; i++) {
    const time = a_ps[i]
    if (time >= line.until_ps) line = lineAt(track, time)
    const expected = time + line.offset_ps + line.drift * (time - line.at_ps)
    while (j < b_ps.length && b_ps[j] < expected - half) j++
    if (j === b_ps.length) break
    if (b_ps[j] > expected + half) continue
    if (j + 1 < b_ps.length && b_ps[j + 1] - expected < expected - b_ps[j]) j++
    out.a[count] = i
    out.b[count] = j
    out.r[count++] = b_ps[j++] - expected
  }
  return {
    a: out.a.slice(0, count),
    b: out.b.slice(0, count),
    residual_ps: out.r.slice(0, count),
  }
}
