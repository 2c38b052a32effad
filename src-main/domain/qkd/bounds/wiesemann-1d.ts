/**
 * Finite-key length of decoy-state BB84 with one decoy, the consolidated proof.
 * Source: Wiesemann, Krause, Tupkary, Luetkenhaus, Rusca, Walenta, Quantum 10, 2037 (2026), arXiv:2405.16578v3; the
 * formulas are those of the authors' public rate simulation as corrected on 2026-03-18 (the sampling term carries
 * the test basis), not read in print.
 * Symbols: n_k detections, c_k errors, mu1 > mu2 > 0, probabilities p_k, e0 = eps_sec/15, d(n) = sqrt(n ln(1/e0)/2)
 * (Hoeffding) or sqrt(2 n ln(1/e0)) (Azuma). Counts with their deviations are clipped to [0, n], s and v as well.
 * ell = s_key1 (1 - h(lambda)) - leak - log2(2/eps_cor) - 4 log2(15/(2^(1/4) eps_sec)), plus s_key0 where the
 * vacuum is credited; the authors' simulation leaves it out unless asked, and so does this.
 * Limits: fixed-length proof; a length that follows the observations needs a variable-length one.
 */
import { binaryEntropy } from '../entropy'
import { samplingDeviation } from './fung-ma-chau'
import {
  checkOneDecoyInput,
  type OneDecoyBasis,
  type OneDecoyInput,
  type Pair,
} from './one-decoy-input'
import { countScales, poissonShare } from './poisson-share'

/** Equal parts of eps_sec in the proof. */
export const WIESEMANN_SHARES = 15

export interface WiesemannInput extends OneDecoyInput {
  concentration?: 'hoeffding' | 'azuma'
  /** How the test's error rate is carried over to the key. */
  sampling?: 'serfling' | 'fung-ma-chau'
  /** Adds the bound on vacuum detections to the key. */
  credit_vacuum?: boolean
}

export interface WiesemannResult {
  s_key0: number
  s_key1: number
  s_key0_upper: number
  s_test0_upper: number
  s_test1: number
  v_test1: number
  lambda_test: number
  gamma: number
  /** Upper bound on the phase error rate of the key's single photons. */
  lambda_key: number
  /** Length before it is floored and clamped at zero. */
  ell_raw: number
  ell: number
}

/**
 * Secret key length in bits and the terms behind it.
 * @throws when counts, probabilities, intensities or epsilons are impossible; the message names the field.
 */
export function wiesemann1d(input: WiesemannInput): WiesemannResult {
  checkOneDecoyInput(input)
  const key = photonBounds(input.key, input)
  const test = photonBounds(input.test, input)
  const v_test1 = singlePhotonErrors(input.test, input)
  const lambda_test = test.s1 > 0 ? Math.min(0.5, v_test1 / test.s1) : 0.5
  const gamma = samplingTerm(lambda_test, test.s1, key.s1, input)
  const lambda_key = Math.min(0.5, lambda_test + gamma)
  const credited = (input.credit_vacuum ? key.s0 : 0) + key.s1 * (1 - binaryEntropy(lambda_key))
  const ell_raw = credited - input.leak_bits - fixedCost(input)
  return {
    ...{ s_key0: key.s0, s_key1: key.s1, s_key0_upper: key.s0Upper, s_test0_upper: test.s0Upper },
    ...{ s_test1: test.s1, v_test1, lambda_test, gamma, lambda_key },
    ...{ ell_raw, ell: Math.max(0, Math.floor(ell_raw)) },
  }
}

const fixedCost = ({ eps_sec, eps_cor }: WiesemannInput): number =>
  Math.log2(2 / eps_cor) + 4 * Math.log2(WIESEMANN_SHARES / (2 ** 0.25 * eps_sec))

function deviation(n: number, { eps_sec, concentration }: WiesemannInput): number {
  const log = Math.log(WIESEMANN_SHARES / eps_sec)
  return Math.sqrt(concentration === 'azuma' ? 2 * n * log : (n * log) / 2)
}

interface PhotonBounds {
  s0: number
  s0Upper: number
  s1: number
}

function photonBounds({ counts, errors }: OneDecoyBasis, source: WiesemannInput): PhotonBounds {
  const [mu1, mu2] = source.intensities
  const [scale1, scale2] = countScales(source)
  const total = counts[0] + counts[1]
  const d = deviation(total, source)
  const upper1 = scale1 * Math.min(total, counts[0] + d)
  const lower2 = scale2 * Math.max(0, counts[1] - d)
  const tau0 = poissonShare(0, source)
  const s0 = (tau0 / (mu1 - mu2)) * (mu1 * lower2 - mu2 * upper1)
  const s0Upper = clamp(mostVacuum(errors, d, source), total)
  const ratio = (mu2 / mu1) ** 2
  const single = lower2 - ratio * upper1 - ((1 - ratio) / tau0) * s0Upper
  const s1 = ((mu1 * poissonShare(1, source)) / (mu2 * (mu1 - mu2))) * single
  return { s0: clamp(s0, total), s0Upper, s1: clamp(s1, total) }
}

/** Vacuum detections err half the time, so that errors bound them; the better of the two intensities. */
function mostVacuum(errors: Pair, ofCounts: number, source: WiesemannInput): number {
  const total = errors[0] + errors[1]
  const d = deviation(total, source)
  const tau0 = poissonShare(0, source)
  const each = countScales(source).map((scale, k) => scale * Math.min(total, errors[k] + d))
  return 2 * (tau0 * Math.min(...each) + ofCounts)
}

function singlePhotonErrors({ counts, errors }: OneDecoyBasis, source: WiesemannInput): number {
  const [mu1, mu2] = source.intensities
  const [scale1, scale2] = countScales(source)
  const total = errors[0] + errors[1]
  const d = deviation(total, source)
  const upper1 = scale1 * Math.min(total, errors[0] + d)
  const lower2 = scale2 * Math.max(0, errors[1] - d)
  const v = (poissonShare(1, source) / (mu1 - mu2)) * (upper1 - lower2)
  return clamp(v, counts[0] + counts[1])
}

/** Serfling's bound, the factor (s+1)/s on the test basis; or Fung, Ma and Chau's with e0 in place of a/21. */
function samplingTerm(lambda: number, test: number, key: number, source: WiesemannInput): number {
  if (test <= 0 || key <= 0) return 0.5
  const e0 = source.eps_sec / WIESEMANN_SHARES
  if (source.sampling === 'fung-ma-chau') {
    const rate = Math.max(lambda, 1 / test)
    return rate >= 0.5 ? 0.5 : samplingDeviation(e0, 1, rate, test, key)
  }
  const spread = (key + test) / (key * test)
  return Math.sqrt(spread * ((test + 1) / test) * -Math.log(e0))
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value))
