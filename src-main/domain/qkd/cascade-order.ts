/**
 * In which order each Cascade pass takes the places of a frame. Three kinds, the same on both sides:
 * - identity, pass 0: the sifting order is random enough;
 * - scattered, pass 1: a permutation of single bits, which the efficiency needs;
 * - sliced, later passes of long frames: words of 64 bits in random order, each turned by an amount of its own,
 *   then read column by column, the columns being shuffled by an odd factor. Two bits of one word never meet in a
 *   column, and in neighbouring ones not more often than chance says; two bits of different words meet as often.
 *   Nothing is computed bit by bit but a transposition. Positions beyond the key hold zeros.
 */
import { BitSet } from './cascade-bit-set'
import { inverseOdd, Permutation, type PassWords } from './cascade-permutation'

/** Shorter frames are scattered in every pass after the first: whole columns would be mostly padding. */
export const SLICED_FROM_BITS = 2 ** 16

/** Bits of a word: as many columns has a sliced pass. */
const COLUMNS = 64

export interface PassOrder {
  /** Positions, padding included. */
  readonly size: number
  /** Place in the key of a position; at or beyond the key's length in padding. */
  place(position: number): number
  /** Position of a place in the key. */
  position(place: number): number
  /** The key, one bit a byte, in this order. */
  gather(key: Uint8Array): BitSet
}

/** The order of one pass over a frame of n bits. */
export function passOrder(n: number, pass: number, words: PassWords): PassOrder {
  if (pass === 0) return new Identity(n)
  return pass > 1 && n >= SLICED_FROM_BITS ? new Sliced(n, words) : new Scattered(n, words)
}

class Identity implements PassOrder {
  constructor(readonly size: number) {}

  place(position: number): number {
    return position
  }

  position(place: number): number {
    return place
  }

  gather(key: Uint8Array): BitSet {
    const bits = new BitSet(this.size)
    for (let at = 0; at < this.size; at++) if (key[at] === 1) bits.add(at)
    return bits
  }
}

class Scattered implements PassOrder {
  readonly #permutation: Permutation

  constructor(
    readonly size: number,
    words: PassWords,
  ) {
    this.#permutation = new Permutation(size, words)
  }

  place(position: number): number {
    return this.#permutation.forward(position)
  }

  position(place: number): number {
    return this.#permutation.inverse(place)
  }

  gather(key: Uint8Array): BitSet {
    const bits = new BitSet(this.size)
    for (let at = 0; at < this.size; at++) {
      if (key[this.#permutation.forward(at)] === 1) bits.add(at)
    }
    return bits
  }
}

class Sliced implements PassOrder {
  readonly size: number
  /** Words, whole groups of 64 of them. */
  readonly #slots: number
  readonly #permutation: Permutation
  readonly #a: number
  readonly #b: number
  readonly #aInverse: number

  constructor(n: number, words: PassWords) {
    this.#slots = Math.ceil(n / COLUMNS ** 2) * COLUMNS
    this.size = COLUMNS * this.#slots
    this.#permutation = new Permutation(this.#slots, words)
    this.#a = words.a | 1
    this.#b = words.b | 1
    this.#aInverse = inverseOdd(this.#a)
  }

  place(position: number): number {
    const slot = position % this.#slots
    const column = (position - slot) / this.#slots
    const bit = Math.imul(column, this.#aInverse) - this.#turn(slot)
    return COLUMNS * this.#permutation.forward(slot) + (bit & 63)
  }

  position(place: number): number {
    const slot = this.#permutation.inverse(place >>> 6)
    return this.#column(place + this.#turn(slot)) * this.#slots + slot
  }

  gather(key: Uint8Array): BitSet {
    const bits = new BitSet(this.size)
    for (let slot = 0; slot < this.#slots; slot++) {
      const word = COLUMNS * this.#permutation.forward(slot)
      const turn = this.#turn(slot)
      for (let bit = 0; bit < COLUMNS; bit++) {
        if (key[word + bit] === 1) bits.add(this.#column(bit + turn) * this.#slots + slot)
      }
    }
    return bits
  }

  /** Where a turned bit goes: neighbours part, in every pass in another way. */
  #column(turned: number): number {
    return Math.imul(turned, this.#a) & 63
  }

  /** Places that a slot's word is turned by. */
  #turn(slot: number): number {
    return (Math.imul(slot, this.#b) + this.#a) >>> 26
  }
}
