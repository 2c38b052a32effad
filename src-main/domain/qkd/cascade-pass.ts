/**
 * What Bob knows of one Cascade pass: the finest intervals whose parity difference to Alice's key is known (the
 * frontier of the block tree), which of them are odd, and his own parities under the corrections made since.
 * Holding only the frontier keeps every parity ever learnt: an inner node's difference is the sum of its parts.
 */
import { PassBlocks } from './cascade-blocks'
import type { NodeGroup } from './cascade-wire'

const SPLIT = 1
const ODD = 2
const QUEUED = 4

export class BobPass {
  readonly layout: PassBlocks
  /** Odd nodes waiting, a list a depth; entries may have gone even since. */
  readonly #waiting: number[][] = []
  readonly #state: Uint8Array
  readonly #prefix: Uint8Array
  /** Parity of the corrections before a position, as a Fenwick tree over GF(2). */
  readonly #flips: Uint8Array

  constructor(layout: PassBlocks, bits: Uint8Array) {
    const depths = Math.ceil(Math.log2(layout.n / layout.blocks)) + 1
    this.layout = layout
    this.#state = new Uint8Array(layout.blocks * 2 ** depths)
    this.#prefix = layout.prefixParities(bits)
    this.#flips = new Uint8Array(layout.n + 1)
    for (let depth = 0; depth < depths; depth++) this.#waiting.push([])
  }

  /** Bob's present parity of positions from..to-1. */
  parity(from: number, to: number): number {
    return this.#prefix[from] ^ this.#prefix[to] ^ this.#flipped(from) ^ this.#flipped(to)
  }

  /** Records the difference of a node that has become part of the frontier. */
  setDifference(depth: number, index: number, odd: number): void {
    if (!odd) return
    this.#state[this.#id(depth, index)] |= ODD
    this.#queue(depth, index)
  }

  /** Takes a node out of the frontier; its halves take its place. */
  split(depth: number, index: number): void {
    this.#state[this.#id(depth, index)] = SPLIT
  }

  /** Takes all waiting nodes that are still odd, the smallest first. */
  takeWaiting(): NodeGroup[] {
    const groups: NodeGroup[] = []
    for (let depth = this.#waiting.length - 1; depth >= 0; depth--) {
      if (this.#waiting[depth].length === 0) continue
      const nodes = this.#takeDepth(depth)
      if (nodes.length > 0) groups.push({ depth, nodes })
    }
    return groups
  }

  /** Nodes that the key would have at the depth of the smallest one waiting; 0 when none waits. */
  finestWaiting(): number {
    for (let depth = this.#waiting.length - 1; depth >= 0; depth--) {
      if (this.#waiting[depth].length > 0) return this.layout.blocks * (1 << depth)
    }
    return 0
  }

  /**
   * Bit at `place` of the key was corrected: its frontier interval changes parity.
   * @returns false when Alice's parities say that this very bit was right already.
   */
  flip(place: number): boolean {
    const position = this.layout.position(place)
    for (let at = position + 1; at <= this.layout.n; at += at & -at) this.#flips[at] ^= 1
    let depth = 0
    let index = this.layout.covering(0, position)
    while (this.#state[this.#id(depth, index)] & SPLIT) {
      depth++
      index = this.layout.covering(depth, position)
    }
    const odd = (this.#state[this.#id(depth, index)] ^= ODD) & ODD
    if (!odd) return true
    if (this.layout.size(depth, index) === 1) return false
    this.#queue(depth, index)
    return true
  }

  /** Overwrites the parities of the key. */
  erase(): void {
    for (const known of [this.#prefix, this.#flips, this.#state]) known.fill(0)
  }

  #takeDepth(depth: number): number[] {
    const taken = this.#waiting[depth]
    this.#waiting[depth] = []
    for (const index of taken) this.#state[this.#id(depth, index)] &= ~QUEUED
    const odd = taken.filter((index) => {
      return (this.#state[this.#id(depth, index)] & (SPLIT | ODD)) === ODD
    })
    return odd.sort((a, b) => a - b)
  }

  #queue(depth: number, index: number): void {
    const id = this.#id(depth, index)
    if (this.#state[id] & QUEUED) return
    this.#state[id] |= QUEUED
    this.#waiting[depth].push(index)
  }

  #flipped(position: number): number {
    let parity = 0
    for (let at = position; at > 0; at &= at - 1) parity ^= this.#flips[at]
    return parity
  }

  #id(depth: number, index: number): number {
    return this.layout.blocks * ((1 << depth) - 1) + index
  }
}
