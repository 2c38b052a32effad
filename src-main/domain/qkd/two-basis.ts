/**
 * Key from both bases: the bound of `lim2014.ts` (Hoeffding) applied twice, the key of X tested by Z and the
 * key of Z tested by X, each with eps_sec/2 and eps_cor/2, so that the sum is eps_sec-secret and
 * eps_cor-correct with the totals given (the epsilons of composed keys add).
 */
import type { BasisCounts, KeyLengthTerms } from '../model/report'
import { lim2014, type Lim2014Result } from './lim2014'

export interface DecoySource {
  intensities: [number, number, number]
  probabilities: [number, number, number]
}

export interface SecurityTarget {
  eps_sec: number
  eps_cor: number
}

export interface TwoBasisResult {
  x: KeyLengthTerms
  z: KeyLengthTerms
  secret_bits: number
  /** Present when a basis yields no key. */
  reason?: string
}

/**
 * Lengths in bits of the two bases' keys after `leak` bits were disclosed about each.
 * @throws when the counts are impossible (see `lim2014`).
 */
export function twoBasisKeyLength(
  counts: BasisCounts,
  errors: BasisCounts,
  leak: { x: number; z: number },
  source: DecoySource,
  security: SecurityTarget,
): TwoBasisResult {
  const half = { eps_sec: security.eps_sec / 2, eps_cor: security.eps_cor / 2 }
  const { intensities, probabilities } = source
  const shared = { intensities, probabilities, ...half, bound: 'hoeffding' as const }
  const one = (basis: 'x' | 'z', other: 'x' | 'z') =>
    lim2014({
      ...shared,
      key: counts[basis],
      test: counts[other],
      testErrors: errors[other],
      leak_bits: leak[basis],
    })
  const x = one('x', 'z')
  const z = one('z', 'x')
  const whys = [whyNothing('X', x, leak.x), whyNothing('Z', z, leak.z)].filter(Boolean)
  const result = { x: terms(x, leak.x), z: terms(z, leak.z), secret_bits: x.ell + z.ell }
  if (!whys.length) return result
  return { ...result, reason: `the finite-key bound leaves nothing: ${whys.join('; ')}` }
}

const terms = (length: Lim2014Result, leak_bits: number): KeyLengthTerms => ({
  s0: length.s_X0,
  s1: length.s_X1,
  phase_error: length.phi_X,
  leak_bits,
  secret_bits: length.ell,
})

/** In words, why one basis has no key; empty when it has. */
function whyNothing(basis: 'X' | 'Z', length: Lim2014Result, leak_bits: number): string {
  if (length.ell > 0) return ''
  const other = basis === 'X' ? 'Z' : 'X'
  if (length.s_X1 <= 0) return `basis ${basis} has too few detections to prove any single photon`
  if (length.s_Z1 <= 0) return `basis ${other} has too few detections to test basis ${basis}`
  if (length.phi_X >= 0.5) return `the error rate of basis ${other} proves no secrecy in ${basis}`
  const proven = Math.floor(length.s_X0 + length.s_X1)
  return `basis ${basis} discloses ${Math.ceil(leak_bits)} bits against ${proven} from single photons, with a phase error of up to ${(100 * length.phi_X).toFixed(1)} %`
}
