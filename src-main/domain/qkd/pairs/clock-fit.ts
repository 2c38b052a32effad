/**
 * Straight line through the coincidences near a peak, with its standard errors: least squares, three times, each time
 * with the differences within half a window of the last line.
 * Reference: Bevington & Robinson, Data Reduction and Error Analysis, ch. 6 (line of equal weights).
 */

/** Bob's clock minus Alice's: offset at the epoch and drift, seconds per second. */
export interface ClockDifference {
  offset_ps: number
  drift: number
}

export const NO_DIFFERENCE: ClockDifference = { offset_ps: 0, drift: 0 }

/** A difference with the standard errors of its line: at the pivot, where they are uncorrelated, and of the drift. */
export interface FoundDifference extends ClockDifference {
  pivot_ps: number
  pivotError_ps: number
  driftError: number
}

/** Differences b - a at times a, the times counted from the middle of the stretch. */
export interface DifferencePoints {
  time: number[]
  difference: number[]
  middle_ps: number
}

/** Both differences one after the other. */
export const sumOf = (one: ClockDifference, more: ClockDifference): ClockDifference => ({
  offset_ps: one.offset_ps + more.offset_ps,
  drift: one.drift + more.drift,
})

/** Standard error of the line at an instant, ps: it grows with the distance from the coincidences it stands on. */
export const errorAt_ps = (found: FoundDifference, at_ps: number): number =>
  Math.hypot(found.pivotError_ps, found.driftError * (at_ps - found.pivot_ps))

/**
 * @param start line of the peak, its offset at the middle of the stretch.
 * @param window_ps full coincidence window; a sixth of it is the least jitter believed.
 */
export function fitClockLine(
  points: DifferencePoints,
  start: ClockDifference,
  window_ps: number,
): FoundDifference {
  let fit = fitted(points, start, window_ps)
  for (let round = 0; round < 2; round += 1) fit = fitted(points, fit, window_ps)
  const { middle_ps } = points
  return {
    ...fit,
    offset_ps: fit.offset_ps - fit.drift * middle_ps,
    pivot_ps: fit.pivot_ps + middle_ps,
  }
}

interface Sums {
  n: number
  t: number
  d: number
  tt: number
  td: number
  dd: number
}

function sums(
  { time, difference }: DifferencePoints,
  line: ClockDifference,
  half_ps: number,
): Sums {
  const sum: Sums = { n: 0, t: 0, d: 0, tt: 0, td: 0, dd: 0 }
  for (let i = 0; i < time.length; i += 1) {
    const rest = difference[i] - line.offset_ps - line.drift * time[i]
    if (Math.abs(rest) > half_ps) continue
    sum.n += 1
    sum.t += time[i]
    sum.d += rest
    sum.tt += time[i] ** 2
    sum.td += time[i] * rest
    sum.dd += rest ** 2
  }
  return sum
}

/** One least-squares step; with fewer than two points the line stays, and nothing is known of its errors. */
function fitted(
  points: DifferencePoints,
  line: ClockDifference,
  window_ps: number,
): FoundDifference {
  const { n, t, d, tt, td, dd } = sums(points, line, window_ps / 2)
  const spread = n * tt - t * t
  if (n < 2 || spread <= 0)
    return { ...line, pivot_ps: 0, pivotError_ps: Infinity, driftError: Infinity }
  const slope = (n * td - t * d) / spread
  const jitter_ps = Math.max(Math.sqrt(dd / n), window_ps / 6)
  return {
    offset_ps: line.offset_ps + (d - slope * t) / n,
    drift: line.drift + slope,
    pivot_ps: t / n,
    pivotError_ps: jitter_ps / Math.sqrt(n),
    driftError: jitter_ps * Math.sqrt(n / spread),
  }
}
