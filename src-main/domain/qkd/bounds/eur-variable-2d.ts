/**
 * Variable-length finite-key bound of decoy-state BB84 with two decoys, by the entropic uncertainty relation.
 * Source: Tupkary, Nahar, Sinha, Luetkenhaus, Quantum 9, 1937 (2025), arXiv:2408.17349; formulas of the authors'
 * public code. Coherent attacks; length and leak may follow from the observations.
 * Symbols: n_K key rounds, n_X test rounds, m_X test errors per intensity (a double click is half an error);
 * mu1 > mu2 + mu3, mu2 > mu3 >= 0, probabilities p_k; D(N) = sqrt((N/2) ln(2/eps_d^2)), N the sum over intensities.
 * A bound failing with probability e^2 is charged e in smoothing, hence the squares under the logarithms.
 * Detector spread: efficiencies and dark counts known to ± a share; see `detector-spread.ts`.
 * Total security: 2 eps_AT + eps_PA + eps_EV, eps_AT^2 = 9 eps_d^2 + eps_a^2 + eps_b^2 + eps_c^2 (recalled).
 * Limits: vacuum rounds are not credited; squashing and basis-independent loss are assumed without a spread.
 */
import type { Counts } from '../../model/report'
import { binaryEntropy } from '../entropy'
import { gammaBin } from './binomial-tail'
import { deltaOne, deltaTwo, type DetectorSpread } from './detector-spread'
import {
  checkCounts,
  checkEpsilon,
  checkErrors,
  checkLeak,
  checkProbabilities,
  checkTwoDecoys,
} from './input-checks'
import { TWO_DECOY_CLASSES } from './lim2014-input'
import { countScales, poissonShare } from './poisson-share'

/** Parts of the failure probability: decoy counts, sampling, the two detector terms, amplification, verification. */
export interface EurEpsilons {
  eps_d: number
  eps_a: number
  /** Needed with a detector spread only. */
  eps_b?: number
  eps_c?: number
  eps_PA: number
  eps_EV: number
}

export interface EurInput extends EurEpsilons {
  key: Counts
  test: Counts
  testErrors: Counts
  intensities: [number, number, number]
  probabilities: [number, number, number]
  /** Everything disclosed about the key, bits. */
  leak_bits: number
  /** Detectors alike and exactly known when absent. */
  spread?: DetectorSpread
}

export interface EurResult {
  s_K0: number
  s_K1: number
  s_X1: number
  v: number
  e_1: number
  gamma_serf: number
  delta_1: number
  delta_2: number
  /** Upper bound on the phase error rate of the key's single photons; 1/2 and more prove nothing. */
  e_ph: number
  /** Length before it is floored and clamped at zero. */
  ell_raw: number
  ell: number
}

/**
 * Secret key length in bits and the terms behind it.
 * @throws when counts, probabilities, intensities, epsilons or spreads are impossible; the message names the field.
 */
export function eurVariable2d(input: EurInput): EurResult {
  check(input)
  const key = photonBounds(input.key, input)
  const { s1: s_X1 } = photonBounds(input.test, input)
  const v = singlePhotonErrors(input.testErrors, input)
  const rates = phaseError(key.s1, s_X1, v, input)
  const secrecy = rates.e_ph >= 0.5 ? 0 : 1 - binaryEntropy(rates.e_ph)
  const cost = 2 * Math.log2(1 / (2 * input.eps_PA)) + Math.log2(2 / input.eps_EV)
  const ell_raw = key.s1 * secrecy - input.leak_bits - cost
  const ell = Math.max(0, Math.floor(ell_raw))
  return { s_K0: key.s0, s_K1: key.s1, s_X1, v, ...rates, ell_raw, ell }
}

/** Charge of the acceptance test, eps_AT; terms of a spread that is not used count nothing. */
export const epsilonAT = ({ eps_d, eps_a, eps_b = 0, eps_c = 0 }: EurEpsilons): number =>
  Math.hypot(3 * eps_d, eps_a, eps_b, eps_c)

function check(input: EurInput): void {
  checkCounts('key counts', input.key, TWO_DECOY_CLASSES)
  checkCounts('test counts', input.test, TWO_DECOY_CLASSES)
  checkErrors('test errors', input.testErrors, input.test, TWO_DECOY_CLASSES)
  checkTwoDecoys(input.intensities)
  checkProbabilities(input.probabilities, 3)
  checkLeak(input.leak_bits)
  const always = ['eps_d', 'eps_a', 'eps_PA', 'eps_EV'] as const
  const needed = input.spread ? ([...always, 'eps_b', 'eps_c'] as const) : always
  for (const field of needed) checkEpsilon(field, input[field] ?? NaN)
}

/** Scaled counts with their Hoeffding deviations, neither clamped. */
function boundedCounts(counts: Counts, source: EurInput): { lower: number[]; upper: number[] } {
  const total = counts[0] + counts[1] + counts[2]
  const d = Math.sqrt((total / 2) * (Math.LN2 - 2 * Math.log(source.eps_d)))
  const scales = countScales(source)
  return {
    lower: counts.map((n, k) => scales[k] * (n - d)),
    upper: counts.map((n, k) => scales[k] * (n + d)),
  }
}

function photonBounds(counts: Counts, source: EurInput): { s0: number; s1: number } {
  const [mu1, mu2, mu3] = source.intensities
  const { lower, upper } = boundedCounts(counts, source)
  const tau0 = poissonShare(0, source)
  const s0 = Math.max(0, (tau0 * (mu2 * lower[2] - mu3 * upper[1])) / (mu2 - mu3))
  const squares = mu2 * mu2 - mu3 * mu3
  const multi = (squares / (mu1 * mu1)) * (upper[0] - s0 / tau0)
  const scale = (poissonShare(1, source) * mu1) / (mu1 * (mu2 - mu3) - squares)
  return { s0, s1: Math.max(0, scale * (lower[1] - upper[2] - multi)) }
}

function singlePhotonErrors(errors: Counts, source: EurInput): number {
  const [, mu2, mu3] = source.intensities
  const { lower, upper } = boundedCounts(errors, source)
  return Math.max(0, (poissonShare(1, source) * (upper[1] - lower[2])) / (mu2 - mu3))
}

type Rates = Pick<EurResult, 'e_1' | 'gamma_serf' | 'delta_1' | 'delta_2' | 'e_ph'>

function phaseError(s_K1: number, s_X1: number, v: number, input: EurInput): Rates {
  const { spread, eps_a, eps_b = 0, eps_c = 0 } = input
  const delta_1 = spread ? deltaOne(spread) : 0
  const delta_2 = spread ? deltaTwo(spread) : 0
  if (!(s_K1 > 0 && s_X1 > 0)) return { e_1: 1, gamma_serf: 1, delta_1, delta_2, e_ph: 1 }
  const e_1 = Math.min(1, v / s_X1)
  const f = (s_K1 * s_X1 * s_X1) / ((s_K1 + s_X1) * (s_X1 + 1))
  const gamma_serf = Math.sqrt(-Math.log(eps_a) / f)
  const kept = 1 - delta_2 - gammaBin(s_K1, delta_2, eps_c)
  const wrong = e_1 + gamma_serf + delta_1 + gammaBin(s_K1, delta_1, eps_b)
  const e_ph = kept > 0 ? Math.min(1, wrong / kept) : 1
  return { e_1, gamma_serf, delta_1, delta_2, e_ph }
}
