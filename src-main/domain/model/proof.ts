/** Names of the finite-key bounds; every key length is shown with the name of its bound. */
import type { Protocol } from './mission'

export const decoyProofs = ['lim2014', 'eur-variable-2d'] as const
export const oneDecoyProofs = ['rusca2018', 'wiesemann-1d'] as const
export const pairProofs = [
  'tomamichel2012',
  'tomamichel-leverrier2017',
  'lim2021',
  'exact-hypergeometric',
] as const
export const proofNames = [...decoyProofs, ...oneDecoyProofs, ...pairProofs] as const
export type ProofName = (typeof proofNames)[number]

/** Sifted bits below which the exact tail beats the closed formula for entangled pairs. */
export const SMALL_BLOCK_BITS = 10_000

/** Bounds that apply to a protocol, its default first. */
export function proofsFor(protocol: Protocol): readonly ProofName[] {
  if (protocol === 'decoy-bb84') return ['eur-variable-2d', 'lim2014']
  if (protocol === 'one-decoy-bb84') return ['wiesemann-1d', 'rusca2018']
  return ['tomamichel-leverrier2017', 'exact-hypergeometric', 'lim2021', 'tomamichel2012']
}

/**
 * The engine's bound when the mission names none.
 * @param sifted_bits size of the block, public before any error is known; decides for pairs only.
 */
export function defaultProof(protocol: Protocol, sifted_bits = Infinity): ProofName {
  const small = sifted_bits < SMALL_BLOCK_BITS
  if (small && (protocol === 'bbm92' || protocol === 'e91')) return 'exact-hypergeometric'
  return proofsFor(protocol)[0]
}
