/** Ranges of bits in packed arrays, most significant bit first. */

/** Bytes that hold so many bits. */
export const bytesFor = (length_bits: number): number => Math.ceil(length_bits / 8)

const bitAt = (bits: Uint8Array, at: number): number => (bits[at >> 3] >> (7 - (at & 7))) & 1

/** Copies a range into another array, whose target range must be zero. */
export function copyBits(
  from: Uint8Array,
  fromBit: number,
  to: Uint8Array,
  toBit: number,
  length_bits: number,
): void {
  const whole = fromBit % 8 === 0 && toBit % 8 === 0 ? length_bits >> 3 : 0
  to.set(from.subarray(fromBit >> 3, (fromBit >> 3) + whole), toBit >> 3)
  for (let i = whole * 8; i < length_bits; i++) {
    const target = toBit + i
    to[target >> 3] |= bitAt(from, fromBit + i) << (7 - (target & 7))
  }
}

/** The range as an array of its own, zero padded to whole bytes. */
export function sliceBits(bits: Uint8Array, offset: number, length_bits: number): Uint8Array {
  const part = new Uint8Array(bytesFor(length_bits))
  copyBits(bits, offset, part, 0, length_bits)
  return part
}

/** Overwrites a range with zeros in place. */
export function clearBits(bits: Uint8Array, offset: number, length_bits: number): void {
  for (let at = offset; at < offset + length_bits; at++) bits[at >> 3] &= ~(1 << (7 - (at & 7)))
}
