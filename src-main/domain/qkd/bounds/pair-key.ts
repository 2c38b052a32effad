/**
 * Key length of entangled pairs (BBM92, E91) by the name of its bound, from what the two stations counted.
 * The verification tags and outcomes are part of the counted leak, so that secrecy has eps_sec for itself:
 * eps_PE + eps_PA = eps_sec. The block's two bases are mixed at random, in the key as in the test.
 */
import type { Protocol } from '../../model/mission'
import { defaultProof, proofsFor, type ProofName } from '../../model/proof'
import type { BoundComparison, EpsilonShare } from '../../model/report'
import { exactHypergeometric } from './exact-hypergeometric'
import { checkEpsilon, checkWhole, refuse } from './input-checks'
import { lim2021 } from './lim2021'
import { checkPairBlock, type PairBlock, type PairBoundResult } from './pair-block'
import { noteOf } from './proof-notes'
import { tomamichel2012 } from './tomamichel2012'
import { tomamichelLeverrier2017 } from './tomamichel-leverrier2017'

export interface PairSecurity {
  eps_sec: number
  eps_cor: number
  proof?: ProofName
}

export interface PairKeyInput {
  /** `bbm92` when absent; decides about the default bound only. */
  protocol?: Protocol
  /** Matched settings, key and test together. */
  sifted_bits: number
  /** Disclosed and discarded; a random subset whose size was fixed before any error was known. */
  test_bits: number
  test_errors: number
  /** Everything disclosed about the key bits: parities, verification tags and outcomes; not the test sample. */
  leak_bits: number
  security: PairSecurity
  /** Overrides `security.proof`; the protocol's default for this block size without either. */
  proof?: ProofName
  /** max |<x|z>|^2 of the two settings that make the key: 1/2 (when absent) for mutually unbiased ones. */
  overlap?: number
}

export interface PairKeyLength {
  proof: ProofName
  key_bits: number
  test_error_rate: number
  /** Upper bound on the error rate in the complementary setting; 1/2 proves nothing. */
  phase_error: number
  /** Length before it is floored and clamped at zero. */
  raw_bits: number
  secret_bits: number
  /** What can fail with which probability; the sum is eps_sec + eps_cor. */
  epsilon_shares: EpsilonShare[]
  /** Present when there is no key. */
  reason?: string
}

/**
 * Secret key length in bits.
 * @throws when a count or an epsilon is impossible, or the bound is none of pairs; the message names it.
 */
export function pairKeyLength(input: PairKeyInput): PairKeyLength {
  const { sifted_bits, test_bits, test_errors, security, protocol = 'bbm92' } = input
  const proof = input.proof ?? security.proof ?? defaultProof(protocol, sifted_bits)
  checkEpsilon('eps_sec', security.eps_sec)
  checkEpsilon('eps_cor', security.eps_cor)
  checkWhole('sifted_bits', sifted_bits, 0, Number.MAX_SAFE_INTEGER)
  checkWhole('test_bits', test_bits, 0, sifted_bits)
  checkWhole('test_errors', test_errors, 0, test_bits)
  const key_bits = sifted_bits - test_bits
  const test_error_rate = test_bits > 0 ? test_errors / test_bits : 0.5
  if (key_bits === 0 || test_bits === 0) return nothing(proof, input)
  const { phase_error, ell_raw, ell, eps_PE } = pairBound(
    proof,
    blockOf(input),
    test_errors,
    security,
  )
  const epsilon_shares = sharesOf(security, eps_PE)
  const length = { proof, key_bits, test_error_rate, phase_error, raw_bits: ell_raw }
  const result = { ...length, secret_bits: ell, epsilon_shares }
  return ell > 0 ? result : { ...result, reason: whyNothing(result, input) }
}

/**
 * What every bound for pairs gives for the same counts, the default for large blocks first.
 * @throws when a count or an epsilon is impossible.
 */
export function comparePairBounds(input: PairKeyInput): BoundComparison[] {
  return proofsFor('bbm92').map((proof) => ({
    proof,
    secret_bits: pairKeyLength({ ...input, proof }).secret_bits,
    note: noteOf(proof),
  }))
}

const blockOf = (input: PairKeyInput): PairBlock => ({
  sifted_bits: input.sifted_bits,
  test_bits: input.test_bits,
  error_rate: input.test_errors / input.test_bits,
  leak_bits: input.leak_bits,
  eps: input.security.eps_sec,
  verification: 'counted',
  overlap: input.overlap,
})

type Found = Pick<PairBoundResult, 'phase_error' | 'ell_raw' | 'ell' | 'eps_PE'>

function pairBound(
  proof: ProofName,
  block: PairBlock,
  test_errors: number,
  security: PairSecurity,
): Found {
  checkPairBlock(block)
  if (proof === 'tomamichel-leverrier2017') return tomamichelLeverrier2017(block)
  if (proof === 'exact-hypergeometric') return exactHypergeometric({ ...block, test_errors })
  if (proof === 'lim2021') return lim2021(block)
  if (proof !== 'tomamichel2012')
    refuse('proof', proof, `entangled pairs have ${proofsFor('bbm92').join(', ')}`)
  const found = tomamichel2012({
    key_bits: block.sifted_bits - block.test_bits,
    test_bits: block.test_bits,
    error_rate: block.error_rate,
    leak_bits: block.leak_bits,
    eps_sec: security.eps_sec,
    eps_cor: security.eps_cor,
    quality: -Math.log2(block.overlap ?? 0.5),
  })
  return { ...found, eps_PE: security.eps_sec / 2 }
}

const sharesOf = ({ eps_sec, eps_cor }: PairSecurity, eps_PE: number): EpsilonShare[] => [
  { what: 'error rate of the key by the test sample, eps_PE', epsilon: eps_PE },
  { what: 'privacy amplification, eps_PA', epsilon: eps_sec - eps_PE },
  { what: 'verification, eps_cor', epsilon: eps_cor },
]

function nothing(
  proof: ProofName,
  { sifted_bits, test_bits, leak_bits, security }: PairKeyInput,
): PairKeyLength {
  const [key_bits, epsilon_shares] = [sifted_bits - test_bits, sharesOf(security, 0)]
  const reason = `the finite-key bound leaves nothing: ${key_bits} key bits and ${test_bits} test bits`
  const rates = { test_error_rate: 0.5, phase_error: 0.5 }
  return { proof, key_bits, ...rates, raw_bits: -leak_bits, secret_bits: 0, epsilon_shares, reason }
}

function whyNothing(found: PairKeyLength, { test_bits, leak_bits }: PairKeyInput): string {
  const rate = (100 * found.test_error_rate).toFixed(2)
  const most = (100 * found.phase_error).toFixed(1)
  const block = `${found.key_bits} key bits tested by ${test_bits} at ${rate} % error`
  if (found.phase_error >= 0.5)
    return `the finite-key bound leaves nothing: ${block} prove no secrecy`
  return `the finite-key bound leaves nothing: ${block} allow for a phase error of ${most} %, and ${Math.ceil(leak_bits)} bits are disclosed: the block is too small`
}
