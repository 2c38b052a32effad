/**
 * Finite-key length of decoy-state BB84 with one decoy.
 * Source: Rusca, Boaron, Gruenenfelder, Martin, Zbinden, APL 112, 171104 (2018), arXiv:1801.03443, eqs. (2)-(8);
 * formulas recalled with high confidence, not read in print for this implementation.
 * Key in one basis, test in the other. n_k detections, m_k errors, intensities mu1 > mu2 > 0, probabilities p_k;
 * n_k^± = exp(mu_k)/p_k (n_k ± d), d(n) = sqrt(n/2 ln(19/eps_sec)), n the sum over k; eps_sec = 19 eps.
 * Lower counts are left negative; only s and v are clamped, at zero.
 * Limits: a fixed-length formula of the family in which arXiv:2405.16578 reports technical flaws.
 */
import { binaryEntropy } from '../entropy'
import { phaseErrorOf } from './fung-ma-chau'
import {
  checkOneDecoyInput,
  type OneDecoyBasis,
  type OneDecoyInput,
  type Pair,
} from './one-decoy-input'
import { countScales, poissonShare } from './poisson-share'

/** Equal parts of eps_sec in the 2018 proof. */
export const RUSCA_SHARES = 19

export interface Rusca2018Result {
  s_key0: number
  s_key1: number
  s_test1: number
  v_test1: number
  phase_error: number
  /** Length before it is floored and clamped at zero. */
  ell_raw: number
  ell: number
}

/**
 * Secret key length in bits and the terms behind it.
 * @throws when counts, probabilities, intensities or epsilons are impossible; the message names the field.
 */
export function rusca2018(input: OneDecoyInput): Rusca2018Result {
  checkOneDecoyInput(input)
  const key = photonBounds(input.key, input)
  const test = photonBounds(input.test, input)
  const v_test1 = singlePhotonErrors(input.test.errors, input)
  const phase_error = phaseErrorOf(v_test1, test.s1, key.s1, RUSCA_SHARES, input.eps_sec)
  const secrecy = 6 * Math.log2(RUSCA_SHARES / input.eps_sec)
  const cost = input.leak_bits + secrecy + Math.log2(2 / input.eps_cor)
  const ell_raw = key.s0 + key.s1 * (1 - binaryEntropy(phase_error)) - cost
  const terms = { s_key0: key.s0, s_key1: key.s1, s_test1: test.s1, v_test1, phase_error }
  return { ...terms, ell_raw, ell: Math.max(0, Math.floor(ell_raw)) }
}

const deviation = (total: number, eps_sec: number): number =>
  Math.sqrt((total / 2) * Math.log(RUSCA_SHARES / eps_sec))

function photonBounds(basis: OneDecoyBasis, source: OneDecoyInput): { s0: number; s1: number } {
  const { counts, errors } = basis
  const [mu1, mu2] = source.intensities
  const [scale1, scale2] = countScales(source)
  const total = counts[0] + counts[1]
  const d = deviation(total, source.eps_sec)
  const upper1 = scale1 * (counts[0] + d)
  const lower2 = scale2 * (counts[1] - d)
  const tau0 = poissonShare(0, source)
  const s0 = (tau0 / (mu1 - mu2)) * (mu1 * lower2 - mu2 * upper1)
  const vacuumMost = mostVacuum(errors, d, source)
  const ratio = (mu2 / mu1) ** 2
  const single = lower2 - ratio * upper1 - (1 - ratio) * (vacuumMost / tau0)
  const s1 = ((poissonShare(1, source) * mu1) / (mu2 * (mu1 - mu2))) * single
  return { s0: Math.max(0, s0), s1: Math.max(0, s1) }
}

/** Upper bound on the vacuum detections: they err half the time, so that errors bound them; the better intensity. */
function mostVacuum(errors: Pair, ofCounts: number, source: OneDecoyInput): number {
  const d = deviation(errors[0] + errors[1], source.eps_sec)
  const tau0 = poissonShare(0, source)
  const scaled = countScales(source).map((scale, k) => tau0 * scale * (errors[k] + d))
  return 2 * (Math.min(...scaled) + ofCounts)
}

function singlePhotonErrors(errors: Pair, source: OneDecoyInput): number {
  const [mu1, mu2] = source.intensities
  const [scale1, scale2] = countScales(source)
  const total = errors[0] + errors[1]
  const d = deviation(total, source.eps_sec)
  const difference = scale1 * (errors[0] + d) - scale2 * (errors[1] - d)
  return Math.max(0, (poissonShare(1, source) / (mu1 - mu2)) * difference)
}
