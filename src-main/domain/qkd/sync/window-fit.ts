/** The lag of one window's tags behind the grid they lie on, about where it is expected. */
import { evaluate, robustQuadratic, type Quadratic } from '../sync-fit'
import type { Foretold } from './lag-anchors'

export interface GridFit {
  lag: Quadratic
  /** Standard error of the lag at the centre. */
  error_s: number
}

/**
 * Robust quadratic through the tags' distances to the grid.
 * @param times_s of the tags; @param predicted their emission time without any lag.
 * @param foretold the lag to expect, good to half a period.
 * @param sure least n R^2 of the Rayleigh test: -ln of the chance that tags off any grid are taken for one.
 * @returns null with fewer than 12 tags, or no grid to be seen.
 */
export function fitGrid(
  times_s: Float64Array,
  rate_Hz: number,
  predicted: Quadratic,
  foretold: Foretold,
  sure: number,
): GridFit | null {
  const expected = times_s.map((time) => evaluate(predicted, time))
  const lead = (i: number) => foretold.lag_s + foretold.slope * (times_s[i] - predicted.centre_s)
  const about = expected.map((value, i) => distance(value + lead(i), rate_Hz))
  const mean = meanPhase(about, rate_Hz)
  if (about.length * mean.coherence ** 2 < sure) return null
  const lags = about.map((_, i) => {
    const guess = lead(i) + mean.distance_s
    return guess + distance(expected[i] + guess, rate_Hz)
  })
  const lag = robustQuadratic(times_s, lags, predicted.centre_s)
  return lag && { lag, error_s: errorOf(times_s, lags, lag) }
}

/** From an instant to the nearest point of the grid, s. */
const distance = (time_s: number, rate_Hz: number): number =>
  Math.round(time_s * rate_Hz) / rate_Hz - time_s

/** Circular mean of distances to a grid. */
function meanPhase(distances_s: Float64Array, rate_Hz: number) {
  let [c, s] = [0, 0]
  for (const value of distances_s) {
    c += Math.cos(2 * Math.PI * rate_Hz * value)
    s += Math.sin(2 * Math.PI * rate_Hz * value)
  }
  const coherence = Math.hypot(c, s) / Math.max(distances_s.length, 1)
  return { coherence, distance_s: Math.atan2(s, c) / (2 * Math.PI * rate_Hz) }
}

/**
 * Standard error at the centre, where a quadratic's is 1.5 times a mean's, from the median distance of at most some
 * 300 of the tags.
 */
function errorOf(times_s: Float64Array, lags: Float64Array, fit: Quadratic): number {
  const step = Math.ceil(lags.length / 300)
  const few = new Float64Array(Math.ceil(lags.length / step)).map((_, k) =>
    Math.abs(lags[k * step] - evaluate(fit, times_s[k * step])),
  )
  return (1.5 * 1.4826 * few.sort()[few.length >> 1]) / Math.sqrt(lags.length)
}
