/**
 * The public block structure of a Cascade pass, the same on both sides: a permutation of the n places cut into
 * blocks, each block halved again and again. Node (depth, index) covers positions floor(index n / M) to
 * floor((index + 1) n / M) with M = blocks * 2^depth, so that siblings differ by one position at most.
 */
import { packBits } from './bits'
import { Permutation } from './cascade-permutation'

/** Longest block that may be reconciled at once; keeps every node number an exact integer. */
export const MAX_CASCADE_BITS = 2 ** 26
/** Opening a pass costs both sides a copy of the key's parities. */
export const MAX_PASSES = 64

export class PassBlocks {
  readonly n: number
  readonly blocks: number
  /** Absent in pass 0, which keeps the sifting order: that is random enough. */
  readonly #permutation: Permutation | null

  constructor(n: number, blocks: number, pass: number, seed: Uint32Array) {
    this.n = n
    this.blocks = blocks
    this.#permutation = pass === 0 ? null : new Permutation(n, seed, pass)
  }

  /** First position of a node; that of `index + 1` is its end. */
  start(depth: number, index: number): number {
    return Math.floor((index * this.n) / (this.blocks * (1 << depth)))
  }

  /** Positions that a node covers. */
  size(depth: number, index: number): number {
    return this.start(depth, index + 1) - this.start(depth, index)
  }

  /** Index of the node at `depth` that covers a position. */
  covering(depth: number, position: number): number {
    return Math.floor(((position + 1) * this.blocks * (1 << depth) - 1) / this.n)
  }

  /** Place in the key of a position. */
  place(position: number): number {
    return this.#permutation?.forward(position) ?? position
  }

  /** Position of a place in the key. */
  position(place: number): number {
    return this.#permutation?.inverse(place) ?? place
  }

  /** Parities of all prefixes of the permuted bits: entry i is the parity of positions 0..i-1. */
  prefixParities(bits: Uint8Array): Uint8Array {
    if (this.#permutation) {
      const packed = packBits(bits)
      const permuted = this.#permutation.prefixParities(packed)
      packed.fill(0)
      return permuted
    }
    const prefix = new Uint8Array(this.n + 1)
    for (let i = 0; i < this.n; i++) prefix[i + 1] = prefix[i] ^ bits[i]
    return prefix
  }
}
