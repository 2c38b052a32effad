/**
 * Phase and drift of tags that lie on a grid of known rate, from the tags alone: the Rayleigh power
 * |sum exp(2 pi i f t)|^2 is searched over drifts on a short stretch, then on stretches twice as long each with
 * the drift as much nearer, and a straight line through the phases ends it.
 * Mardia & Jupp, Directional Statistics (2000), ch. 6.3: -ln of the chance that n uniform phases reach the mean
 * resultant length R is n R^2.
 * Limit: over the stretch the phase is straight in time; tags off the grid only dilute it.
 */

export interface GridPhase {
  /** A grid point of the nominal clock near the middle of the tags, s. */
  at_s: number
  /** What is to be added at `at_s` to stand on the grid, within half a period. */
  lag_s: number
  /** Seconds per second that the clock of the tags runs fast. */
  drift: number
  /** Mean resultant length: 1 for tags exactly on the grid, 0 for none. */
  coherence: number
  /** -ln of the chance of such a coherence anywhere on the search grid. */
  score: number
}

/** Tags of the first stretch; it grows until the grid shows. */
const FIRST = 64
/** A false alarm in 1e6 searches. */
const SURE = 14
/** Drifts tried on one stretch, times its tags, at most. */
const WORK = 2 ** 23

/**
 * @param times_s ascending, flight taken off; @param rate_Hz of the grid.
 * @param maxDrift largest drift of the clock to expect, s/s.
 * @returns null when no grid stands out.
 */
export function findGridPhase(
  times_s: Float64Array,
  rate_Hz: number,
  maxDrift: number,
): GridPhase | null {
  for (let count = FIRST; count / 2 < times_s.length; count *= 2) {
    const few = middlePart(times_s, count)
    const duration_s = Math.max(few[few.length - 1] - few[0], 1 / rate_Hz)
    const steps = Math.ceil(maxDrift * 4 * rate_Hz * duration_s)
    if (few.length < 12 || 2 * steps * few.length > WORK) return null
    const grid = { centre: 0, reach: maxDrift, steps }
    const best = bestDrift(few, rate_Hz, grid)
    const score = few.length * best.coherence ** 2 - Math.log(2 * steps + 1)
    if (score > SURE) return lengthened(times_s, count, rate_Hz, { ...best, score })
  }
  return null
}

interface Trial {
  drift: number
  coherence: number
  /** Mean phase in turns about the grid point `at_s`. */
  turns: number
  at_s: number
}

/** The rest of the stretches, each twice as long. */
function lengthened(
  times_s: Float64Array,
  from: number,
  rate_Hz: number,
  start: Trial & { score: number },
): GridPhase {
  let best: Trial = start
  for (let count = 2 * from; count / 2 < times_s.length; count *= 2) {
    const part = middlePart(times_s, count)
    const reach = 1 / (rate_Hz * Math.max(part[part.length - 1] - part[0], 1 / rate_Hz))
    best = bestDrift(part, rate_Hz, { centre: best.drift, reach, steps: 8 })
  }
  for (let round = 0; round < 2; round++) {
    best = trialAt(times_s, rate_Hz, best.drift + driftLeft(times_s, rate_Hz, best))
  }
  const { at_s, drift, coherence, turns } = best
  const score = Math.max(start.score, 0)
  return { at_s, drift, coherence, score, lag_s: -turns / rate_Hz }
}

function middlePart(times_s: Float64Array, count: number): Float64Array {
  if (count >= times_s.length) return times_s
  const from = (times_s.length - count) >> 1
  return times_s.subarray(from, from + count)
}

function bestDrift(
  times_s: Float64Array,
  rate_Hz: number,
  grid: { centre: number; reach: number; steps: number },
): Trial {
  let best = trialAt(times_s, rate_Hz, grid.centre)
  for (let k = -grid.steps; k <= grid.steps; k++) {
    const trial = trialAt(times_s, rate_Hz, grid.centre + (k * grid.reach) / grid.steps)
    if (trial.coherence > best.coherence) best = trial
  }
  return best
}

function trialAt(times_s: Float64Array, rate_Hz: number, drift: number): Trial {
  const at_s = Math.round(times_s[times_s.length >> 1] * rate_Hz) / rate_Hz
  const turn = 2 * Math.PI * rate_Hz * (1 - drift)
  let [c, s] = [0, 0]
  for (const time_s of times_s) {
    const angle = turn * (time_s - at_s)
    c += Math.cos(angle)
    s += Math.sin(angle)
  }
  const coherence = Math.hypot(c, s) / times_s.length
  return { drift, coherence, turns: Math.atan2(s, c) / (2 * Math.PI), at_s }
}

/** Drift by which the phases within a quarter of a turn still run away from their mean. */
function driftLeft(times_s: Float64Array, rate_Hz: number, trial: Trial): number {
  let [n, t, p, tt, tp] = [0, 0, 0, 0, 0]
  for (const time_s of times_s) {
    const since_s = time_s - trial.at_s
    const turns = rate_Hz * (1 - trial.drift) * since_s - trial.turns
    const off = turns - Math.round(turns)
    if (Math.abs(off) > 0.25) continue
    n++
    t += since_s
    p += off
    tt += since_s * since_s
    tp += since_s * off
  }
  const spread = n * tt - t * t
  return spread > 0 ? (n * tp - t * p) / spread / rate_Hz : 0
}
