/**
 * CHSH value of coincidence counts, and what it says about key.
 * Sources: Clauser, Horne, Shimony, Holt, PRL 23, 880 (1969); device-independent rate: Acin et al., PRL 98, 230501
 * (2007): r = 1 - h(Q) - h((1 + sqrt((S/2)^2 - 1)) / 2).
 * E = (N++ + N-- - N+- - N-+) / N; S = E(a,b) - E(a,b') + E(a',b) + E(a',b') with its sign;
 * sigma_E^2 = (1 - E^2) / N, the settings independent. |S| <= 2 locally, <= 2 sqrt 2 in quantum theory.
 * Limits: coincidences are taken as a fair sample (detection and locality loopholes stay open over a lossy link),
 * accidentals are not subtracted; so the device-independent rate is an indication, never a key length.
 */
import { binaryEntropy } from './entropy'

/** N++, N+-, N-+, N-- of one pair of settings. */
export type OutcomeCounts = readonly [number, number, number, number]
/** Outcomes at (a,b), (a,b'), (a',b), (a',b'). */
export type ChshCounts = readonly [OutcomeCounts, OutcomeCounts, OutcomeCounts, OutcomeCounts]

export const chshSettings = ['(a,b)', '(a,b2)', '(a2,b)', '(a2,b2)'] as const

export interface ChshResult {
  /** Correlations in the order of the settings. */
  E: [number, number, number, number]
  /** Signed. */
  S: number
  sigma_S: number
  /** (|S| - 2) / sigma_S; null when sigma_S is 0. */
  violation_sigmas: number | null
}

const total = (outcomes: OutcomeCounts): number => outcomes.reduce((sum, n) => sum + n, 0)

function check(counts: ChshCounts): void {
  chshSettings.forEach((setting, i) => {
    const outcomes = counts[i]
    if (outcomes.length !== 4 || !outcomes.every((n) => Number.isFinite(n) && n >= 0)) {
      throw new Error(
        `CHSH: counts ${JSON.stringify(outcomes)} at ${setting} are impossible; give four finite counts, zero or more (++, +-, -+, --)`,
      )
    }
    if (total(outcomes) === 0)
      throw new Error(`CHSH: no coincidence at ${setting}; each of the four settings needs some`)
  })
}

const correlation = (outcomes: OutcomeCounts): number =>
  (outcomes[0] - outcomes[1] - outcomes[2] + outcomes[3]) / total(outcomes)

/** 1 - E^2 from counts, so that nothing cancels for strong correlations. */
function variance(outcomes: OutcomeCounts): number {
  const n = total(outcomes)
  const alike = outcomes[0] + outcomes[3]
  return (4 * alike * (n - alike)) / n / n / n
}

/**
 * S with its statistical error.
 * @throws when a count is negative or not finite, or a setting has none.
 */
export function chsh(counts: ChshCounts): ChshResult {
  check(counts)
  const E: ChshResult['E'] = [0, 1, 2, 3].map((i) => correlation(counts[i])) as ChshResult['E']
  const S = E[0] - E[1] + E[2] + E[3]
  const sigma_S = Math.sqrt(counts.reduce((sum, outcomes) => sum + variance(outcomes), 0))
  const violation_sigmas = sigma_S > 0 ? (Math.abs(S) - 2) / sigma_S : null
  return { E, S, sigma_S, violation_sigmas }
}

/**
 * Asymptotic device-independent key rate per sifted bit, zero or more; an indication only.
 * @param S CHSH value, sign ignored; values above 2 sqrt 2 count as that.
 * @param Q error rate of the key bits, 0 to 1.
 * @throws when S is not finite or Q is no probability.
 */
export function deviceIndependentRate(S: number, Q: number): number {
  if (!Number.isFinite(S))
    throw new Error(`Device-independent rate: S is ${S}; give a finite value`)
  const half = Math.min(Math.abs(S) / 2, Math.SQRT2)
  if (half <= 1) return 0
  const eavesdropper = binaryEntropy(Math.min(1, (1 + Math.sqrt(half * half - 1)) / 2))
  return Math.max(0, 1 - binaryEntropy(Q) - eavesdropper)
}

/** Werner state: error rate (1 - V)/2 that belongs to S = 2 sqrt 2 V. */
export const wernerErrorRate = (S: number): number => (1 - Math.abs(S) / (2 * Math.SQRT2)) / 2
