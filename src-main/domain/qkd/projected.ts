/**
 * What could be distilled if the exchange ended now: the bound of `two-basis.ts` on current counts, with a
 * sampled error rate instead of counted errors and a modelled leak of 1.16 n h(q) instead of a counted one.
 * A projection for the display, never a key length. Errors per intensity are modelled from the sampled signal
 * rate: background at the vacuum yield (with one decoy: what signal and decoy extrapolate to at no light) errs half
 * the time, light errs at one rate whatever its intensity.
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
    x: modelledErrors(counts.x, errorRate, source),
    z: modelledErrors(counts.z, errorRate, source),
  }
  const leak = { x: modelledLeak(counts.x, errors.x), z: modelledLeak(counts.z, errors.z) }
  return twoBasisKeyLength(counts, errors, leak, source, security).secret_bits
}

/** Errors per intensity that explain the sampled signal rate; never more than the detections. */
export function modelledErrors(counts: Counts, errorRate: number, source: DecoySource): Counts {
  const perPulse = backgroundPerPulse(counts, source)
  const background = counts.map((n, k) => Math.min(n, perPulse * (source.probabilities[k] ?? 0)))
  const light = Math.max(1, counts[0] - background[0])
  const ofLight = Math.max(0, errorRate * counts[0] - background[0] / 2) / light
  const errors = counts.map((n, k) =>
    Math.min(n, background[k] / 2 + ofLight * (n - background[k])),
  )
  return [errors[0], errors[1], errors[2]]
}

/** Background counts of a class sent all the time: the vacuum class, or what two intensities extrapolate to. */
function backgroundPerPulse(counts: Counts, { intensities, probabilities }: DecoySource): number {
  if (probabilities.length === 3) return counts[2] / probabilities[2]
  const [signal, decoy] = [counts[0] / probabilities[0], counts[1] / probabilities[1]]
  const [mu1, mu2] = intensities
  return Math.max(0, (decoy * mu1 - signal * mu2) / (mu1 - mu2))
}

function modelledLeak(counts: Counts, errors: Counts): number {
  const bits = counts[0] + counts[1] + counts[2]
  if (bits === 0) return 0
  const rate = Math.min(0.5, (errors[0] + errors[1] + errors[2]) / bits)
  return PROJECTED_EFFICIENCY * bits * binaryEntropy(rate)
}
