/**
 * Polynomial universal hash over GF(2^128) and the Wegman-Carter tag made of it.
 * Sources: Wegman, Carter, JCSS 22, 265 (1981); key recycling under a one-time pad: Portmann, arXiv:1202.1229.
 * t = 0; for each big-endian 16-byte block b, zero padded on the right: t = (t + b) k; then once more with the
 * length in bits as the block. Bit i of a field element, read as an integer, is the coefficient of x^i (not the
 * reflected order of GCM); reduction x^128 + x^7 + x^2 + x + 1.
 * Two different messages collide with probability at most (blocks + length block) / 2^128 over the key.
 */
import { productTables } from './gf128'

/** Bytes of a key, a pad and a tag. */
export const HASH_BYTES = 16

/** Hash of one growing byte string; `digestWithLength` may be taken at any time and does not end it. */
export class PolynomialHash {
  readonly #tables: Uint32Array
  readonly #state = new Uint32Array(4)
  readonly #block = new Uint8Array(HASH_BYTES)
  #filled = 0
  #length_bytes = 0

  /** @throws unless the key has 16 bytes. */
  constructor(key16: Uint8Array) {
    if (key16.length !== HASH_BYTES) {
      throw new Error(`Polynomial hash: the key has ${key16.length} bytes, 16 are needed`)
    }
    this.#tables = productTables(key16)
  }

  /** Appends bytes; how they are split over calls does not matter. */
  update(bytes: Uint8Array): this {
    let at = 0
    if (this.#filled > 0) at = this.#fillBlock(bytes)
    for (; at + HASH_BYTES <= bytes.length; at += HASH_BYTES) {
      absorb(this.#tables, this.#state, bytes, at)
    }
    if (at < bytes.length) {
      this.#block.set(bytes.subarray(at))
      this.#filled = bytes.length - at
    }
    this.#length_bytes += bytes.length
    return this
  }

  /** The 16-byte hash of all bytes so far, length included. */
  digestWithLength(): Uint8Array {
    const state = this.#state.slice()
    if (this.#filled > 0) {
      const last = new Uint8Array(HASH_BYTES)
      last.set(this.#block.subarray(0, this.#filled))
      absorb(this.#tables, state, last, 0)
    }
    absorb(this.#tables, state, lengthBlock(this.#length_bytes), 0)
    return bigEndian(state)
  }

  /** Overwrites the key and what was hashed; nothing can be hashed after it. */
  erase(): void {
    for (const secret of [this.#tables, this.#state, this.#block]) secret.fill(0)
  }

  #fillBlock(bytes: Uint8Array): number {
    const taken = Math.min(bytes.length, HASH_BYTES - this.#filled)
    this.#block.set(bytes.subarray(0, taken), this.#filled)
    this.#filled += taken
    if (this.#filled === HASH_BYTES) {
      absorb(this.#tables, this.#state, this.#block, 0)
      this.#filled = 0
    }
    return taken
  }
}

/**
 * Wegman-Carter tag of one message: polynomial hash under a kept key, masked by 16 fresh pad bytes.
 * The pad is used once; the hash key may be kept as long as no tag was ever revealed unmasked.
 */
export function wegmanCarterTag(
  message: Uint8Array,
  hashKey: Uint8Array,
  oneTimePad: Uint8Array,
): Uint8Array {
  const hash = new PolynomialHash(hashKey).update(message)
  const tag = maskTag(hash.digestWithLength(), oneTimePad)
  hash.erase()
  return tag
}

/** XOR of a hash with its pad; throws unless the pad has 16 bytes. */
export function maskTag(hash: Uint8Array, pad: Uint8Array): Uint8Array {
  if (pad.length !== HASH_BYTES) {
    throw new Error(`Authentication tag: the pad has ${pad.length} bytes, 16 are needed`)
  }
  return hash.map((byte, i) => byte ^ pad[i])
}

/** Compares without an early way out, so that timing tells nothing; unequal lengths are unequal. */
export function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i] ^ b[i]
  return difference === 0
}

/** state = (state + block at `at`) times the key of the tables. Word 0 is the most significant. */
function absorb(tables: Uint32Array, state: Uint32Array, bytes: Uint8Array, at: number): void {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let i = 0; i < HASH_BYTES; i++) {
    const byte = bytes[at + i] ^ ((state[i >> 2] >>> (24 - 8 * (i & 3))) & 0xff)
    const entry = (i * 256 + byte) * 4
    a ^= tables[entry]
    b ^= tables[entry + 1]
    c ^= tables[entry + 2]
    d ^= tables[entry + 3]
  }
  state[0] = a
  state[1] = b
  state[2] = c
  state[3] = d
}

function lengthBlock(length_bytes: number): Uint8Array {
  const block = new Uint8Array(HASH_BYTES)
  let rest = length_bytes * 8
  for (let i = HASH_BYTES - 1; rest > 0; i--) {
    block[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return block
}

const bigEndian = (words: Uint32Array): Uint8Array =>
  Uint8Array.from({ length: HASH_BYTES }, (_, i) => words[i >> 2] >>> (24 - 8 * (i & 3)))
