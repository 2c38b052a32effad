/**
 * Public pseudo-random permutations of 0..n-1 for Cascade, computed place by place in both directions, so that
 * no table is kept. Rounds of (odd multiplier, xor-shift) on the next power of two, then cycle walking back into
 * range. They spread errors over blocks; they hide nothing and need not.
 */

/** Words of public randomness that a reconciliation takes. */
export const SEED_WORDS = 4

/** A permutation of 0..n-1: position in the block order <-> place in the key. */
export class Permutation {
  readonly #n: number
  readonly #mask: number
  readonly #shift: number
  readonly #offset: number
  readonly #factors: number[]
  readonly #inverses: number[]

  /**
   * Fixed by the seed words and the pass number.
   * @throws when n is not in 1..2^30 or the seed has fewer than four words.
   */
  constructor(n: number, seed: Uint32Array, pass: number) {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 30) {
      throw new Error(`Cascade permutation: ${n} bits cannot be permuted; 1 to 2^30 can`)
    }
    if (seed.length < SEED_WORDS) {
      throw new Error(`Cascade permutation: the seed has ${seed.length} words, 4 are needed`)
    }
    const width = Math.max(2, 32 - Math.clz32(n - 1))
    this.#n = n
    this.#mask = 2 ** width - 1
    this.#shift = (width + 1) >> 1
    this.#offset = mixed(seed, pass, 0) & this.#mask
    this.#factors = [1, 2].map((index) => mixed(seed, pass, index) | 1)
    this.#inverses = this.#factors.map(inverseOdd)
  }

  /** Place in the key of a position. */
  forward(position: number): number {
    const [a, b] = this.#factors
    let x = position
    do x = scramble(x ^ this.#offset, a, b, this.#shift, this.#mask)
    while (x >= this.#n)
    return x
  }

  /** Position of a place in the key. */
  inverse(place: number): number {
    const [a, b] = this.#inverses
    let x = place
    do x = unscramble(x, a, b, this.#shift, this.#mask) ^ this.#offset
    while (x >= this.#n)
    return x
  }

  /** Parities of all prefixes of the permuted bits: entry i is the parity of positions 0..i-1. */
  prefixParities(packed: Uint8Array): Uint8Array {
    const [a, b] = this.#factors
    const prefix = new Uint8Array(this.#n + 1)
    gatherParities(packed, prefix, this.#offset, a, b, this.#shift, this.#mask)
    return prefix
  }
}

function gatherParities(
  packed: Uint8Array,
  prefix: Uint8Array,
  offset: number,
  a: number,
  b: number,
  shift: number,
  mask: number,
): void {
  const n = prefix.length - 1
  let parity = 0
  for (let position = 0; position < n; position++) {
    let x = position
    do x = scramble(x ^ offset, a, b, shift, mask)
    while (x >= n)
    parity ^= (packed[x >> 3] >> (~x & 7)) & 1
    prefix[position + 1] = parity
  }
}

function scramble(x: number, a: number, b: number, shift: number, mask: number): number {
  x = Math.imul(x, a) & mask
  x = Math.imul(x ^ (x >>> shift), b) & mask
  return x ^ (x >>> shift)
}

/** Undoes `scramble`; an xor-shift by half the width or more is its own inverse. */
function unscramble(x: number, a: number, b: number, shift: number, mask: number): number {
  x = Math.imul(x ^ (x >>> shift), b) & mask
  return Math.imul(x ^ (x >>> shift), a) & mask
}

/** A word that depends on every seed word, the pass and its own number (the finaliser of MurmurHash3). */
function mixed(seed: Uint32Array, pass: number, index: number): number {
  let word = Math.imul(pass + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca77)
  for (const part of seed) {
    word ^= part
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35)
    word ^= word >>> 16
  }
  return word
}

/** Inverse of an odd number modulo 2^32 by Newton's iteration, which doubles the correct bits. */
function inverseOdd(odd: number): number {
  let inverse = odd
  for (let step = 0; step < 5; step++) {
    inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse))
  }
  return inverse
}
