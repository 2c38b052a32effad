/**
 * Coarse search among all time differences within a small span, one by one: what serves clocks already known to
 * some 10 us, where folding onto a short correlation would pile up accidentals.
 */
import type { ClockOffset } from './clock-offset'
import { poissonScore } from './peak'
import type { TagPairs } from './tag-pairs'

export interface DirectGrid {
  span_ps: number
  bin_ps: number
  maxDrift: number
  duration_ps: number
}

export interface DirectPeak extends Pick<ClockOffset, 'offset_ps' | 'drift'> {
  /** -ln of the chance of such a peak anywhere on the grid. */
  score: number
}

/** Number of drifts tried on either side of zero. */
export const driftsEachSide = ({ maxDrift, duration_ps, bin_ps }: DirectGrid): number =>
  Math.ceil((maxDrift * duration_ps) / bin_ps)

/** Densest two neighbouring bins over all drifts; differences are taken about the prior offset. */
export function searchDirectly(pairs: TagPairs, grid: DirectGrid): DirectPeak {
  const bins = 2 * Math.ceil(grid.span_ps / grid.bin_ps)
  const histogram = new Uint32Array(bins)
  const steps = driftsEachSide(grid)
  const mean = (2 * pairs.time_ps.length) / bins
  let best = { offset_ps: 0, drift: 0, count: -1 }
  for (let k = -steps; k <= steps; k++) {
    const drift = (k * grid.bin_ps) / grid.duration_ps
    count(histogram, pairs, drift, grid.bin_ps)
    for (let i = 0; i + 1 < bins; i++) {
      const here = histogram[i] + histogram[i + 1]
      if (here > best.count) {
        best = { offset_ps: (i + 1 - bins / 2) * grid.bin_ps, drift, count: here }
      }
    }
  }
  const trials = bins * (2 * steps + 1)
  return { ...best, score: poissonScore(best.count - mean, mean) - Math.log(trials) }
}

function count(histogram: Uint32Array, pairs: TagPairs, drift: number, bin_ps: number): void {
  const { time_ps, difference_ps } = pairs
  const middle = histogram.length / 2
  const [perBin, perTime] = [1 / bin_ps, drift / bin_ps]
  histogram.fill(0)
  for (let i = 0; i < time_ps.length; i++) {
    const place = Math.floor(difference_ps[i] * perBin - time_ps[i] * perTime + middle)
    if (place >= 0 && place < histogram.length) histogram[place]++
  }
}
