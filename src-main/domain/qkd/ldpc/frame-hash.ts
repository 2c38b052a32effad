/** Short hash of a frame's key bits under a public seed drawn after the bits: finds the frame that went wrong. */
import { packBits } from '../bits'
import { PolynomialHash } from '../polynomial-hash'
import { HASH_BITS } from './ldpc-wire'

/** @returns the first 64 bits of the polynomial hash keyed by the seed's four words, packed. */
export function frameHash(bits: Uint8Array, seed: Uint32Array): Uint8Array {
  const hash = new PolynomialHash(new Uint8Array(Uint32Array.from(seed).buffer))
  const digest = hash.update(packBits(bits)).digestWithLength()
  hash.erase()
  return digest.slice(0, HASH_BITS / 8)
}
