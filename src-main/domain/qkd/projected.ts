/**
 * What could be distilled if the exchange ended now: the bound of `two-basis.ts` on current counts, with a
 * sampled error rate instead of counted errors and a modelled leak of 1.16 n h(q) instead of a counted one.
 * A projection for the display, never a key length. Errors per intensity are modelled from the sampled signal
 * rate: background at the vacuum yield errs half the time, light errs at one rate whatever its intensity.
 */
import type { BasisCounts, Counts } from '../model/report'
import { binaryEntropy } from './entropy'
import { twoBasisKeyLength, type DecoySource, type SecurityTarget } from './two-basis'

/** Reconciliation efficiency assumed before reconciliation has run. */
const PROJECTED_EFFICIENCY = 1.16

/**
 * Projected secret bits, zero or more.
 * @param errorRate signal-state error rate of the disclosed sample; NaN (no sample yet) projects nothing.
 */
export function extractableNow(
  counts: BasisCounts,
  errorRate: number,
  source: DecoySource,
  security: SecurityTarget,
): number {
  if (!(errorRate >= 0 && errorRate < 0.5)) return 0
  const errors = {
    x: modelledErrors(counts.x, errorRate, source.probabilities),
    z: modelledErrors(counts.z, errorRate, source.probabilities),
  }
  const leak = { x: modelledLeak(counts.x, errors.x), z: modelledLeak(counts.z, errors.z) }
  return twoBasisKeyLength(counts, errors, leak, source, security).secret_bits
}

/** Errors per intensity that explain the sampled signal rate; never more than the detections. */
export function modelledErrors(
  counts: Counts,
  errorRate: number,
  probabilities: [number, number, number],
): Counts {
  const background = counts.map((n, k) =>
    Math.min(n, (counts[2] * probabilities[k]) / probabilities[2]),
  )
  const light = Math.max(1, counts[0] - background[0])
  const ofLight = Math.max(0, errorRate * counts[0] - background[0] / 2) / light
  const errors = counts.map((n, k) =>
    Math.min(n, background[k] / 2 + ofLight * (n - background[k])),
  )
  return [errors[0], errors[1], errors[2]]
}

function modelledLeak(counts: Counts, errors: Counts): number {
  const bits = counts[0] + counts[1] + counts[2]
  if (bits === 0) return 0
  const rate = Math.min(0.5, (errors[0] + errors[1] + errors[2]) / bits)
  return PROJECTED_EFFICIENCY * bits * binaryEntropy(rate)
}
