/**
 * Finds how two stations' clocks differ from their tags alone: the line b - a = offset + drift a on which the pairs lie.
 * Method: differences inside the prior are points (a, b - a); for every drift of a grid they are folded onto one axis
 * and counted in bins of half the coincidence window (a Hough transform). Photons of one pair pile up in two
 * neighbouring bins, all other differences spread evenly (Poisson).
 * False locks: a peak is believed when the Chernoff bound of its Poisson tail, times the number of lines looked at
 * (bins times drifts), is below 1e-9 a look; the mean is that of the accidentals folded into two bins, from the density
 * of differences where all times reach. What is found carries its errors, since few pairs within a short time tell the
 * drift badly: whoever follows the line is to wait until it can be continued.
 * Limits: the clocks' difference is a straight line over the time used; only differences within the prior are seen;
 * afterpulses of a pair outside the prior may be taken for pairs.
 */
import { fitClockLine, type DifferencePoints, type FoundDifference } from './clock-fit'
import { logPoissonTail } from './poisson-tail'

/** How far two clocks may be apart. */
export interface ClockPrior {
  offset_ps: number
  drift: number
}

/** Taggers disciplined by satellite navigation: a microsecond apart at most, oscillators to 5e-9 (assumption). */
export const disciplinedClocks: ClockPrior = { offset_ps: 1e6, drift: 5e-9 }

interface Points extends DifferencePoints {
  length_ps: number
  /** Differences a picosecond, where all times reach. */
  density: number
}

interface Peak {
  count: number
  drift: number
  /** Middle of the two fullest neighbouring bins. */
  offset_ps: number
}

/** Points times drifts that one search works through at most. */
const WORK = 3e7
/** Accepted probability of a peak by chance. */
const CHANCE = 1e-9
const FEWEST = 10

/**
 * @param a_ps, b_ps ascending instants of emission by Alice's and Bob's clocks.
 * @param window_ps full coincidence window, two or more times the joint jitter.
 * @returns null when no peak stands out: not enough pairs yet, or the clocks differ by more than the prior.
 */
export function findClockDifference(
  a_ps: ArrayLike<number>,
  b_ps: ArrayLike<number>,
  prior: ClockPrior,
  window_ps: number,
): FoundDifference | null {
  const points = pointsWithin(a_ps, b_ps, prior, window_ps)
  if (points.time.length < FEWEST) return null
  const bin_ps = window_ps / 2
  const reach_ps = prior.offset_ps + prior.drift * points.length_ps
  const bins = Math.ceil((2 * reach_ps) / bin_ps) + 2
  const drifts = driftSteps(prior.drift, points.length_ps, bin_ps)
  const peak = highestPeak(points, drifts, { bins, bin_ps, from_ps: -reach_ps })
  const expected = 2 * bin_ps * points.density
  if (!standsOut(peak.count, expected, bins * drifts.length)) return null
  return fitClockLine(points, peak, window_ps)
}

/** Differences inside the prior, from the first tags on, as many as the work allows. */
function pointsWithin(
  a_ps: ArrayLike<number>,
  b_ps: ArrayLike<number>,
  prior: ClockPrior,
  window_ps: number,
): Points {
  const time: number[] = []
  const difference: number[] = []
  const from_ps = Math.min(a_ps[0] ?? 0, b_ps[0] ?? 0)
  let first = 0
  let density = 0
  let reached_ps = from_ps
  for (let j = 0; j < b_ps.length; j += 1) {
    const length_ps = b_ps[j] - from_ps
    const reach_ps = prior.offset_ps + prior.drift * length_ps
    if (time.length * (1 + (4 * prior.drift * length_ps) / window_ps) > WORK) break
    while (first < a_ps.length && a_ps[first] < b_ps[j] - reach_ps) first += 1
    for (let i = first; i < a_ps.length && a_ps[i] <= b_ps[j] + reach_ps; i += 1) {
      time.push(a_ps[i])
      difference.push(b_ps[j] - a_ps[i])
      density += 1 / (2 * reach_ps)
    }
    reached_ps = b_ps[j]
  }
  const middle_ps = (from_ps + reached_ps) / 2
  return {
    time: time.map((at_ps) => at_ps - middle_ps),
    difference,
    middle_ps,
    length_ps: reached_ps - from_ps,
    density,
  }
}

/** Drifts so dense that a line never leaves its bin by more than half of one at the ends. */
function driftSteps(most: number, length_ps: number, bin_ps: number): number[] {
  const steps = Math.ceil((most * length_ps) / bin_ps)
  return Array.from({ length: 2 * steps + 1 }, (_, k) =>
    steps === 0 ? 0 : (most * (k - steps)) / steps,
  )
}

function highestPeak(
  { time, difference }: Points,
  drifts: number[],
  { bins, bin_ps, from_ps }: { bins: number; bin_ps: number; from_ps: number },
): Peak {
  const counts = new Uint32Array(bins + 1)
  const best: Peak = { count: 0, drift: 0, offset_ps: 0 }
  for (const drift of drifts) {
    counts.fill(0)
    for (let i = 0; i < time.length; i += 1) {
      const bin = Math.floor((difference[i] - drift * time[i] - from_ps) / bin_ps)
      if (bin >= 0 && bin < bins) counts[bin] += 1
    }
    for (let bin = 0; bin < bins; bin += 1) {
      const count = counts[bin] + counts[bin + 1]
      if (count > best.count)
        Object.assign(best, { count, drift, offset_ps: from_ps + (bin + 1) * bin_ps })
    }
  }
  return best
}

/** True when chance, over all places looked at, makes such a count less often than accepted. */
const standsOut = (count: number, mean: number, places: number): boolean =>
  count >= FEWEST &&
  count > mean &&
  logPoissonTail(count, mean) + Math.log(places) < Math.log(CHANCE)
