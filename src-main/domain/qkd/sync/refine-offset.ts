/**
 * From a coarse offset to picoseconds: the pairs around it are searched again and again with bins a quarter as
 * wide and drifts four times as near, then a straight line is fitted to what lies within the jitter.
 */
import type { ClockOffset } from './clock-offset'
import { poissonScore } from './peak'
import type { TagPairs } from './tag-pairs'

export interface RefineOptions {
  /** First bin; the truth lies within two of zero. */
  bin_ps: number
  /** The drift lies within this of zero. */
  drift: number
  /** Last bin: about the jitter of a pair. */
  resolution_ps: number
  /** Length of the stretch, centred on time zero of the pairs. */
  duration_ps: number
}

export interface Line {
  offset_ps: number
  drift: number
  /** Pairs within the last bins, above the background. */
  coincidences: number
  accidentals: number
  residual_ps: number
  /** -ln of the chance of such a peak in one place. */
  score: number
}

interface Cell {
  offset_ps: number
  drift: number
  count: number
}

/** The line through the coincidences among the pairs; null without pairs. */
export function refineOffset(pairs: TagPairs, options: RefineOptions): Line | null {
  if (pairs.time_ps.length === 0) return null
  const { duration_ps, resolution_ps } = options
  let [reach_ps, drift] = [2 * options.bin_ps, options.drift]
  let cell: Cell = { offset_ps: 0, drift: 0, count: 0 }
  let left = pairs
  for (let bin_ps = options.bin_ps; bin_ps > resolution_ps;) {
    bin_ps = Math.max(bin_ps / 4, resolution_ps)
    cell = bestCell(left, cell, { bin_ps, reach_ps, drift, step: bin_ps / duration_ps })
    reach_ps = 2 * bin_ps
    drift = (1.5 * bin_ps) / duration_ps
    left = pairsAlong(left, cell, 2 * reach_ps)
  }
  return lineThrough(pairs, cell, resolution_ps)
}

/** Straight line by least squares through pairs within three bins, then within three robust deviations. */
export function lineThrough(pairs: TagPairs, about: ClockLine, resolution_ps: number): Line | null {
  let line: ClockLine = about
  let limit = 3 * resolution_ps
  for (let round = 0; round < 3; round++) {
    const near = pairsAlong(pairs, line, limit)
    if (near.time_ps.length < 2) return null
    line = leastSquares(near)
    limit = Math.max(3 * 1.4826 * medianDistance(near, line), 1)
  }
  return { ...line, ...quality(pairs, line, limit) }
}

type ClockLine = Pick<ClockOffset, 'offset_ps' | 'drift'>

/** Pairs inside the limit, against those in the two strips of the same width beside it. */
function quality(pairs: TagPairs, line: ClockLine, limit: number) {
  let [inside, beside, squares] = [0, 0, 0]
  for (let i = 0; i < pairs.time_ps.length; i++) {
    const r = pairs.difference_ps[i] - line.offset_ps - line.drift * pairs.time_ps[i]
    if (Math.abs(r) > 3 * limit) continue
    if (Math.abs(r) <= limit) {
      inside++
      squares += r * r
    } else beside++
  }
  const accidentals = beside / 2
  const coincidences = Math.max(inside - accidentals, 0)
  const residual_ps = Math.sqrt(squares / Math.max(inside, 1))
  return { coincidences, accidentals, residual_ps, score: poissonScore(coincidences, accidentals) }
}

function bestCell(
  pairs: TagPairs,
  about: Cell,
  grid: { bin_ps: number; reach_ps: number; drift: number; step: number },
): Cell {
  const bins = 2 * Math.ceil(grid.reach_ps / grid.bin_ps)
  const histogram = new Uint32Array(bins)
  const steps = Math.ceil(grid.drift / grid.step)
  let best: Cell = { ...about, count: -1 }
  for (let k = -steps; k <= steps; k++) {
    const drift = about.drift + k * grid.step
    fill(histogram, pairs, { offset_ps: about.offset_ps, drift }, grid.bin_ps)
    for (let i = 0; i + 1 < bins; i++) {
      const count = histogram[i] + histogram[i + 1]
      if (count <= best.count) continue
      best = { offset_ps: about.offset_ps + (i + 1 - bins / 2) * grid.bin_ps, drift, count }
    }
  }
  return best
}

function fill(histogram: Uint32Array, pairs: TagPairs, line: ClockLine, bin_ps: number): void {
  const middle = histogram.length / 2
  const { time_ps, difference_ps } = pairs
  histogram.fill(0)
  for (let i = 0; i < time_ps.length; i++) {
    const r = difference_ps[i] - line.offset_ps - line.drift * time_ps[i]
    const place = Math.floor(r / bin_ps + middle)
    if (place >= 0 && place < histogram.length) histogram[place]++
  }
}

function pairsAlong(pairs: TagPairs, line: ClockLine, reach_ps: number): TagPairs {
  const near = { time_ps: pairs.time_ps.slice(), difference_ps: pairs.difference_ps.slice() }
  let count = 0
  for (let i = 0; i < pairs.time_ps.length; i++) {
    const r = pairs.difference_ps[i] - line.offset_ps - line.drift * pairs.time_ps[i]
    if (Math.abs(r) > reach_ps) continue
    near.time_ps[count] = pairs.time_ps[i]
    near.difference_ps[count++] = pairs.difference_ps[i]
  }
  return {
    time_ps: near.time_ps.subarray(0, count),
    difference_ps: near.difference_ps.subarray(0, count),
  }
}

function leastSquares({ time_ps, difference_ps }: TagPairs): ClockLine {
  const n = time_ps.length
  const t = time_ps.reduce((sum, value) => sum + value, 0) / n
  const d = difference_ps.reduce((sum, value) => sum + value, 0) / n
  let [tt, td] = [0, 0]
  for (let i = 0; i < n; i++) {
    tt += (time_ps[i] - t) ** 2
    td += (time_ps[i] - t) * (difference_ps[i] - d)
  }
  const drift = tt > 0 ? td / tt : 0
  return { offset_ps: d - drift * t, drift }
}

function medianDistance({ time_ps, difference_ps }: TagPairs, line: ClockLine): number {
  const distances = difference_ps.map((value, i) =>
    Math.abs(value - line.offset_ps - line.drift * time_ps[i]),
  )
  return distances.sort()[distances.length >> 1]
}
