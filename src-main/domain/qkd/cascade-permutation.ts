/**
 * Public pseudo-random permutations of 0..n-1 for Cascade, computed place by place in both directions, so that
 * no table is kept. Rounds of (odd multiplier, xor-shift) on the next power of two, then cycle walking back into
 * range. They spread errors over blocks; they hide nothing and need not.
 */

/** Words of public randomness that a reconciliation takes. */
export const SEED_WORDS = 4

/** What fixes the permutation of one pass: an offset and two factors, 32 bits each; a factor's last bit is taken as 1. */
export interface PassWords {
  offset: number
  a: number
  b: number
}

/**
 * The words of one pass, which depend on the whole seed and the pass number.
 * @throws when the seed has fewer than four words.
 */
export function passWords(seed: Uint32Array, pass: number): PassWords {
  if (seed.length < SEED_WORDS) {
    throw new Error(`Cascade permutation: the seed has ${seed.length} words, 4 are needed`)
  }
  const words = seed.subarray(0, SEED_WORDS)
  return { offset: mixed(words, pass, 0), a: mixed(words, pass, 1), b: mixed(words, pass, 2) }
}

/** A permutation of 0..n-1: position in the block order <-> place in the key. */
export class Permutation {
  readonly #n: number
  readonly #mask: number
  readonly #shift: number
  readonly #offset: number
  readonly #a: number
  readonly #b: number
  readonly #aInverse: number
  readonly #bInverse: number

  /** @throws when n is not in 1..2^30. */
  constructor(n: number, { offset, a, b }: PassWords) {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 30) {
      throw new Error(`Cascade permutation: ${n} bits cannot be permuted; 1 to 2^30 can`)
    }
    const width = Math.max(2, 32 - Math.clz32(n - 1))
    this.#n = n
    this.#mask = 2 ** width - 1
    this.#shift = (width + 1) >> 1
    this.#offset = offset & this.#mask
    this.#a = a | 1
    this.#b = b | 1
    this.#aInverse = inverseOdd(this.#a)
    this.#bInverse = inverseOdd(this.#b)
  }

  /** Place in the key of a position. */
  forward(position: number): number {
    const mask = this.#mask
    const shift = this.#shift
    let x = position
    do {
      x = Math.imul(x ^ this.#offset, this.#a) & mask
      x = Math.imul(x ^ (x >>> shift), this.#b) & mask
      x ^= x >>> shift
    } while (x >= this.#n)
    return x
  }

  /** Position of a place in the key; an xor-shift by half the width or more is its own inverse. */
  inverse(place: number): number {
    const mask = this.#mask
    const shift = this.#shift
    let x = place
    do {
      x = Math.imul(x ^ (x >>> shift), this.#bInverse) & mask
      x = (Math.imul(x ^ (x >>> shift), this.#aInverse) & mask) ^ this.#offset
    } while (x >= this.#n)
    return x
  }
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
  return word >>> 0
}

/** Inverse of an odd number modulo 2^32 by Newton's iteration, which doubles the correct bits. */
export function inverseOdd(odd: number): number {
  let inverse = odd
  for (let step = 0; step < 5; step++) {
    inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse))
  }
  return inverse
}
