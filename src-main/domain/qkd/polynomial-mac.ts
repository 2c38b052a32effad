/**
 * Wegman-Carter polynomial tags over the fields that are in use besides the engine's own GF(2^128), on big integers:
 * a reference implementation for vectors and other people's links, not for speed (polynomial-hash.ts is).
 * Source: Wegman, Carter, JCSS 22, 265 (1981).
 * Binary field of t bits: h = 0; each big-endian block b of t/8 bytes, zero padded on the right: h = (h + b) k; then
 * h = (h + length in bits) k; bit i of an element is the coefficient of x^i.
 * Prime field: blocks of fewer bytes than the prime has bits, the last one shorter and not padded:
 * h = (h + b) k mod p, then h = (h + length in bits) k mod p.
 * Tag = h XOR pad. A forgery succeeds with at most (blocks + length block) / 2^t, or / p.
 */

export interface MacField {
  name: string
  /** Bytes of hash key, pad and tag. */
  bytes: number
  /** Bytes of a message block. */
  block_bytes: number
  padded: boolean
  add: (a: bigint, b: bigint) => bigint
  multiply: (a: bigint, b: bigint) => bigint
}

/** Carry-less product modulo x^bits + reduction. */
function binaryProduct(bits: number, reduction: bigint) {
  const top = 1n << BigInt(bits)
  return (a: bigint, b: bigint): bigint => {
    let product = 0n
    for (let i = BigInt(bits) - 1n; i >= 0n; i--) {
      product <<= 1n
      if (product & top) product ^= top | reduction
      if ((a >> i) & 1n) product ^= b
    }
    return product
  }
}

function binaryField(bits: number, reduction: bigint): MacField {
  const bytes = bits / 8
  const multiply = binaryProduct(bits, reduction)
  const add = (a: bigint, b: bigint) => a ^ b
  return { name: `GF(2^${bits})`, bytes, block_bytes: bytes, padded: true, add, multiply }
}

function primeField(bits: number, block_bytes: number): MacField {
  const p = (1n << BigInt(bits)) - 1n
  const add = (a: bigint, b: bigint) => a + b
  const multiply = (a: bigint, b: bigint) => (a * b) % p
  const bytes = Math.ceil(bits / 8)
  return { name: `2^${bits}-1`, bytes, block_bytes, padded: false, add, multiply }
}

/** x^64 + x^4 + x^3 + x + 1; x^128 + x^7 + x^2 + x + 1; the Mersenne primes with 7 and 15 byte blocks. */
export const macFields: readonly MacField[] = [
  binaryField(64, 0x1bn),
  binaryField(128, 0x87n),
  primeField(61, 7),
  primeField(127, 15),
]

function integer(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return value
}

function bigEndian(value: bigint, bytes: number): Uint8Array {
  const last = BigInt(bytes) - 1n
  return Uint8Array.from({ length: bytes }, (_, i) =>
    Number((value >> (8n * (last - BigInt(i)))) & 0xffn),
  )
}

/** Message blocks and the length block that the polynomial has. */
export const macBlocks = (field: MacField, message: Uint8Array): number =>
  Math.ceil(message.length / field.block_bytes) + 1

function checkLength(what: string, bytes: Uint8Array, field: MacField): void {
  if (bytes.length === field.bytes) return
  throw new Error(
    `Tag over ${field.name}: the ${what} has ${bytes.length} bytes, ${field.bytes} are needed`,
  )
}

/** Polynomial hash of a message, big-endian. @throws unless the key has the field's length. */
export function polynomialMacHash(
  field: MacField,
  message: Uint8Array,
  key: Uint8Array,
): Uint8Array {
  checkLength('hash key', key, field)
  const k = integer(key)
  let hash = 0n
  for (let at = 0; at < message.length; at += field.block_bytes) {
    const block = message.subarray(at, at + field.block_bytes)
    const missing = field.padded ? field.block_bytes - block.length : 0
    hash = field.multiply(field.add(hash, integer(block) << BigInt(8 * missing)), k)
  }
  hash = field.multiply(field.add(hash, BigInt(message.length) * 8n), k)
  return bigEndian(hash, field.bytes)
}

/** Tag: the hash masked by a pad that is used once. @throws unless key and pad have the field's length. */
export function polynomialMacTag(
  field: MacField,
  message: Uint8Array,
  key: Uint8Array,
  pad: Uint8Array,
): Uint8Array {
  checkLength('one-time pad', pad, field)
  return polynomialMacHash(field, message, key).map((byte, i) => byte ^ pad[i])
}
