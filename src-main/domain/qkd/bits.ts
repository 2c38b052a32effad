/**
 * Bit strings. Inside a party: a "bit array", one 0 or 1 a byte. On the wire and in the ledger: packed,
 * most significant bit first, zero padded on the right to whole bytes.
 */

/** Packs a bit array; values other than 0 and 1 throw with their place. */
export function packBits(bits: Uint8Array): Uint8Array {
  const packed = new Uint8Array((bits.length + 7) >> 3)
  for (let i = 0; i < bits.length; i++) {
    const bit = bits[i]
    if (bit > 1) throw new Error(`Packing bits: value ${bit} at place ${i} is not 0 or 1`)
    packed[i >> 3] |= bit << (7 - (i & 7))
  }
  return packed
}

/**
 * Reads `count` bits of a packed string.
 * @throws when the length does not fit the count, or a padding bit is set (two encodings of one string).
 */
export function unpackBits(packed: Uint8Array, count: number): Uint8Array {
  const bytes = bytesFor(count)
  if (packed.length !== bytes) {
    throw new Error(`Unpacking ${count} bits: ${packed.length} bytes given, ${bytes} needed`)
  }
  if (count % 8 && packed[bytes - 1] & (0xff >> (count % 8))) {
    throw new Error(`Unpacking ${count} bits: padding bits are not zero`)
  }
  const bits = new Uint8Array(count)
  for (let i = 0; i < count; i++) bits[i] = (packed[i >> 3] >> (7 - (i & 7))) & 1
  return bits
}

/** Bytes that hold `count` bits; throws unless the count is a whole number from 0 to 2^40. */
export function bytesFor(count: number): number {
  if (!Number.isInteger(count) || count < 0 || count > 2 ** 40) {
    throw new Error(`Counting bits: ${count} is not a whole number of bits`)
  }
  return Math.ceil(count / 8)
}

/** XOR of two byte strings (packed or bit arrays) of one length; throws when lengths differ. */
export function xorBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length !== b.length) {
    throw new Error(`XOR of byte strings: lengths ${a.length} and ${b.length} differ`)
  }
  return a.map((byte, i) => byte ^ b[i])
}

/** Joins byte strings in order. */
export function concatBytes(...parts: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
