/**
 * Finite-key length of an entangled or single-photon block with a sampled error rate, as published in 2012.
 * Source: Tomamichel, Lim, Gisin, Renner, Nat. Commun. 3, 634 (2012), arXiv:1103.4130, theorem 2.
 * Symbols: n key bits, k test bits, Q_tol error rate tolerated (fixed in advance), q preparation quality (1 ideal),
 * mu = sqrt{(n+k)/(nk) (k+1)/k ln(4/eps_sec)}; ell = n (q - h(Q_tol + mu)) - leak - log2(2/(eps_sec^2 eps_cor)).
 * The factor is 4: secrecy 2 eps + eps~ with eps = eps_sec/4 and eps~ = eps_sec/2. The variant `ln2` (factor 2) is
 * kept for other people's numbers and has no proof.
 * Limits: fixed length, iterative sifting; its sampling bound was criticised later, the 2017 proof supersedes it.
 */
import { binaryEntropy } from '../entropy'
import { checkBetween, checkEpsilon, checkLeak, refuse } from './input-checks'

export type TomamichelVariant = 'ln4' | 'ln2'

export interface Tomamichel2012Input {
  key_bits: number
  test_bits: number
  /** Q_tol. */
  error_rate: number
  leak_bits: number
  eps_sec: number
  eps_cor: number
  /** Preparation quality, 1 when absent. */
  quality?: number
  /** `ln4` when absent. */
  variant?: TomamichelVariant
}

export interface Tomamichel2012Result {
  mu: number
  /** Q_tol + mu, at most 1/2. */
  phase_error: number
  /** Length before it is floored and clamped at zero. */
  ell_raw: number
  ell: number
}

/**
 * Secret key length in bits.
 * @throws when a count, a rate or an epsilon is impossible; the message names the field.
 */
export function tomamichel2012(input: Tomamichel2012Input): Tomamichel2012Result {
  check(input)
  const { key_bits: n, test_bits: k, quality = 1, eps_sec, eps_cor } = input
  const factor = input.variant === 'ln2' ? 2 : 4
  const mu = Math.sqrt(((n + k) / (n * k)) * ((k + 1) / k) * Math.log(factor / eps_sec))
  const phase_error = Math.min(0.5, input.error_rate + mu)
  const cost = input.leak_bits + 1 - 2 * Math.log2(eps_sec) - Math.log2(eps_cor)
  const ell_raw = n * (quality - binaryEntropy(phase_error)) - cost
  return { mu, phase_error, ell_raw, ell: Math.max(0, Math.floor(ell_raw)) }
}

function check(input: Tomamichel2012Input): void {
  for (const field of ['key_bits', 'test_bits'] as const) {
    const bits = input[field]
    if (!(bits >= 1 && Number.isFinite(bits))) refuse(field, bits, 'it must be 1 or more')
  }
  checkBetween('error_rate', input.error_rate, 0, 1)
  checkBetween('quality', input.quality ?? 1, 0, 1)
  checkLeak(input.leak_bits)
  checkEpsilon('eps_sec', input.eps_sec)
  checkEpsilon('eps_cor', input.eps_cor)
}
