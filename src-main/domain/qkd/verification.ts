/**
 * Verification of a corrected key by a universal hash. After reconciliation is over Alice draws a fresh 16-byte
 * key, hashes her bits with it and sends both in clear; Bob compares and answers with the outcome.
 * Two different keys of n bits agree with probability at most (blocks + 1) / 2^128 with blocks of 128 bits (see `polynomial-hash.ts`).
 * Disclosed: the 128 bits of the tag and, after arXiv:2507.21416, the outcome itself.
 */
import { packBits } from './bits'
import { equalInConstantTime, HASH_BYTES, PolynomialHash } from './polynomial-hash'
import { WireReader, WireWriter } from './wire'

/** Leak of one verification: tag and outcome, bits. */
export const VERIFICATION_LEAK_BITS = 8 * HASH_BYTES + 1

/** Alice's message: fresh hash key and the tag of her bits under it. */
export function verificationMessage(
  bits: Uint8Array,
  random: (bytes: number) => Uint8Array,
): Uint8Array {
  const hashKey = random(HASH_BYTES)
  return new WireWriter().raw(hashKey).raw(verificationTag(bits, hashKey)).done()
}

/** Bob's check of Alice's message against his corrected bits; @throws when the message is malformed. */
export function verifies(bits: Uint8Array, message: Uint8Array): boolean {
  const reader = new WireReader(message, 'Verification message')
  const hashKey = reader.raw('the hash key', HASH_BYTES)
  const tag = reader.raw('the tag', HASH_BYTES)
  reader.end()
  return equalInConstantTime(tag, verificationTag(bits, hashKey))
}

/** Hash of a bit array: packed bits followed by their exact number, so that padding is no ambiguity. */
export function verificationTag(bits: Uint8Array, hashKey: Uint8Array): Uint8Array {
  const count = new WireWriter().number(bits.length).done()
  const packed = packBits(bits)
  const hash = new PolynomialHash(hashKey).update(packed).update(count)
  const tag = hash.digestWithLength()
  packed.fill(0)
  hash.erase()
  return tag
}
