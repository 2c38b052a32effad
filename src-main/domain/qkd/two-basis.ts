/**
 * Key from both bases: a bound applied twice, the key of X tested by Z and the key of Z tested by X, each with
 * eps_sec/2 and eps_cor/2. Each key is secret even against one who knows the other, because the test's outcomes count
 * as public; by the triangle inequality the failure probabilities add to the totals given.
 */
import type { Protocol } from '../model/mission'
import { defaultProof, proofsFor, type ProofName } from '../model/proof'
import type { BasisCounts, BoundComparison, EpsilonShare, KeyLengthTerms } from '../model/report'
import { decoyKeyLength, type BasisResult } from './bounds/decoy-key-length'
import { checkLeak, refuse } from './bounds/input-checks'
import { noteOf } from './bounds/proof-notes'

/** Two decoys or one; intensities descend. */
export interface DecoySource {
  intensities: [number, number, number] | [number, number]
  probabilities: [number, number, number] | [number, number]
}

export interface SecurityTarget {
  eps_sec: number
  eps_cor: number
  /** The bound asked for; the protocol's default when absent. */
  proof?: ProofName
}

export interface TwoBasisResult {
  proof: ProofName
  x: KeyLengthTerms
  z: KeyLengthTerms
  secret_bits: number
  /** What can fail with which probability; the sum is eps_sec + eps_cor. */
  epsilon_shares: EpsilonShare[]
  /** Present when a basis yields no key. */
  reason?: string
}

/** Bits disclosed about each basis. */
export interface BasisLeak {
  x: number
  z: number
}

/** The prepare-and-measure protocol that a source with so many intensities flies. */
export const protocolOf = ({ intensities }: DecoySource): Protocol =>
  intensities.length === 2 ? 'one-decoy-bb84' : 'decoy-bb84'

/**
 * Lengths in bits of the two bases' keys after `leak` bits were disclosed about each.
 * @param counts triples of signal, decoy, vacuum; the third stays 0 with one decoy. @param errors likewise.
 * @param proof overrides `security.proof`; the protocol's default without either.
 * @throws when the counts are impossible, or the bound does not fit the source.
 */
export function twoBasisKeyLength(
  counts: BasisCounts,
  errors: BasisCounts,
  leak: BasisLeak,
  source: DecoySource,
  security: SecurityTarget,
  proof: ProofName = security.proof ?? defaultProof(protocolOf(source)),
): TwoBasisResult {
  checkFit(proof, source)
  checkLeak(leak.x, 'leak of basis X')
  checkLeak(leak.z, 'leak of basis Z')
  const half = { eps_sec: security.eps_sec / 2, eps_cor: security.eps_cor / 2 }
  const one = (basis: 'x' | 'z', other: 'x' | 'z'): BasisResult =>
    decoyKeyLength(proof, {
      key: { counts: counts[basis], errors: errors[basis] },
      test: { counts: counts[other], errors: errors[other] },
      intensities: source.intensities,
      probabilities: source.probabilities,
      leak_bits: leak[basis],
      ...half,
    })
  return joined(proof, one('x', 'z'), one('z', 'x'))
}

/**
 * What every bound that applies to the source gives for the same counts, the default first.
 * @throws when the counts are impossible.
 */
export function compareBounds(
  counts: BasisCounts,
  errors: BasisCounts,
  leak: BasisLeak,
  source: DecoySource,
  security: SecurityTarget,
): BoundComparison[] {
  return proofsFor(protocolOf(source)).map((proof) => {
    const { secret_bits } = twoBasisKeyLength(counts, errors, leak, source, security, proof)
    return { proof, secret_bits, note: noteOf(proof) }
  })
}

function checkFit(proof: ProofName, source: DecoySource): void {
  const fitting = proofsFor(protocolOf(source))
  const count = source.intensities.length
  if (!fitting.includes(proof))
    refuse('proof', proof, `a source with ${count} intensities needs ${fitting.join(' or ')}`)
}

function joined(proof: ProofName, x: BasisResult, z: BasisResult): TwoBasisResult {
  const whys = [whyNothing('X', x), whyNothing('Z', z)].filter(Boolean)
  const secret_bits = x.terms.secret_bits + z.terms.secret_bits
  const epsilon_shares = [...named('X', x), ...named('Z', z)]
  const result = { proof, x: x.terms, z: z.terms, secret_bits, epsilon_shares }
  if (!whys.length) return result
  return { ...result, reason: `the finite-key bound leaves nothing: ${whys.join('; ')}` }
}

const named = (basis: 'X' | 'Z', { epsilon_shares }: BasisResult): EpsilonShare[] =>
  epsilon_shares.map(({ what, epsilon }) => ({ what: `key of basis ${basis}: ${what}`, epsilon }))

/** In words, why one basis has no key; empty when it has. */
function whyNothing(basis: 'X' | 'Z', { terms, s_test1, credited_s0 }: BasisResult): string {
  if (terms.secret_bits > 0) return ''
  const other = basis === 'X' ? 'Z' : 'X'
  if (terms.s1 <= 0) return `basis ${basis} has too few detections to prove any single photon`
  if (s_test1 <= 0) return `basis ${other} has too few detections to test basis ${basis}`
  if (terms.phase_error >= 0.5)
    return `the error rate of basis ${other} proves no secrecy in ${basis}`
  const proven = Math.floor(credited_s0 + terms.s1)
  return `basis ${basis} discloses ${Math.ceil(terms.leak_bits)} bits against ${proven} from single photons, with a phase error of up to ${(100 * terms.phase_error).toFixed(1)} %`
}
