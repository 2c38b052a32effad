/**
 * Finite-key length of decoy-state BB84 with two decoys.
 * Source: Lim, Curty, Walenta, Xu, Zbinden, PRA 89, 022307 (2014), arXiv:1311.7129, eqs. (1)-(5).
 * Key in one basis (X), test in the other (Z). n_k detections, m_k errors, intensities mu1 > mu2 + mu3,
 * mu2 > mu3 >= 0, probabilities p_k; eps_sec = 21 eps, total security eps_sec + eps_cor.
 * Bounds: `hoeffding` as published; `chernoff` is the variant of SatQuMA. Lower counts are left negative.
 * s_0 uses n_2^+, the paper's safe form, unless `vacuum` asks for n_2^- (SatQuMA); the same for mu3 = 0.
 * One deviation, on the safe side: gamma vanishes at v_Z1 = 0, so an error-free test counts as one error.
 * Limits: arXiv:2405.16578 reports technical flaws in fixed-length decoy proofs of this family; this is an
 * implementation of the 2014 formula, not a defence of its proof.
 */
import type { Counts } from '../../model/report'
import { binaryEntropy } from '../entropy'
import { phaseErrorOf } from './fung-ma-chau'
import { checkLim2014, type Lim2014Input } from './lim2014-input'
import { poissonShare } from './poisson-share'

export interface Lim2014Result {
  s_X0: number
  s_X1: number
  s_Z0: number
  s_Z1: number
  v_Z1: number
  phi_X: number
  /** Length before it is floored and clamped at zero. */
  ell_raw: number
  ell: number
}

type Source = Pick<Lim2014Input, 'intensities' | 'probabilities' | 'eps_sec' | 'bound' | 'vacuum'>
type Bounded = { lower: number[]; upper: number[] }

/**
 * Secret key length in bits and the terms behind it.
 * @throws when counts, probabilities, intensities or epsilons are impossible, or eps_sec is so large that the
 * deviation of the phase error has no real value; the message names it.
 */
export function lim2014(input: Lim2014Input): Lim2014Result {
  checkLim2014(input)
  const key = photonBounds(input.key, input)
  const test = photonBounds(input.test, input)
  const v_Z1 = singlePhotonErrors(input.testErrors, input)
  const phi_X = phaseErrorOf(v_Z1, test.s1, key.s1, 21, input.eps_sec)
  const cost = input.leak_bits + 6 * Math.log2(21 / input.eps_sec) + Math.log2(2 / input.eps_cor)
  const ell_raw = key.s0 + key.s1 * (1 - binaryEntropy(phi_X)) - cost
  const terms = { s_X0: key.s0, s_X1: key.s1, s_Z0: test.s0, s_Z1: test.s1, v_Z1, phi_X }
  return { ...terms, ell_raw, ell: Math.max(0, Math.floor(ell_raw)) }
}

/** Counts scaled by exp(mu_k)/p_k, with their statistical deviations. */
function boundedCounts(counts: Counts, source: Source): Bounded {
  const b = Math.log(21 / source.eps_sec)
  const total = counts[0] + counts[1] + counts[2]
  const hoeffding = Math.sqrt((total / 2) * b)
  const exact = source.bound === 'chernoff'
  const down = (n: number) => (exact ? b / 2 + Math.sqrt(2 * n * b + (b * b) / 4) : hoeffding)
  const up = (n: number) => (exact ? b + Math.sqrt(2 * n * b + b * b) : hoeffding)
  const scale = source.intensities.map((mu, k) => Math.exp(mu) / source.probabilities[k])
  return {
    lower: counts.map((n, k) => scale[k] * (n - down(n))),
    upper: counts.map((n, k) => scale[k] * (n + up(n))),
  }
}

/** Lower bounds on the vacuum and single-photon detections of one basis. */
function photonBounds(counts: Counts, source: Source): { s0: number; s1: number } {
  const [mu1, mu2, mu3] = source.intensities
  const { lower, upper } = boundedCounts(counts, source)
  const tau0 = poissonShare(0, source)
  const decoy = source.vacuum === 'n2-' ? lower[1] : upper[1]
  const s0 = Math.max(0, (tau0 * (mu2 * lower[2] - mu3 * decoy)) / (mu2 - mu3))
  const squares = mu2 * mu2 - mu3 * mu3
  const multi = (squares / (mu1 * mu1)) * (upper[0] - s0 / tau0)
  const scale = (poissonShare(1, source) * mu1) / (mu1 * (mu2 - mu3) - squares)
  return { s0, s1: Math.max(0, scale * (lower[1] - upper[2] - multi)) }
}

/** Upper bound on the single-photon errors of the test basis. */
function singlePhotonErrors(errors: Counts, source: Source): number {
  const [, mu2, mu3] = source.intensities
  const { lower, upper } = boundedCounts(errors, source)
  const v = (poissonShare(1, source) * (upper[1] - lower[2])) / (mu2 - mu3)
  return Math.min(errors[0] + errors[1] + errors[2], Math.max(0, v))
}
