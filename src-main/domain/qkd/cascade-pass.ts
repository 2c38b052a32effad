/** What a side knows of one Cascade pass: its bits in the pass's order, the finest intervals, and which are odd. */
import { BitSet } from './cascade-bit-set'
import { passOrder, type PassOrder } from './cascade-order'
import type { PassWords } from './cascade-permutation'

export class PlainPass {
  readonly order: PassOrder
  readonly blocks: number
  /** Own bits in the order of the pass. */
  readonly bits: BitSet
  /** Starts of the finest intervals, and the end of the last. */
  readonly bounds: BitSet
  /** Starts of the odd intervals that wait to be halved. */
  readonly #odd: BitSet
  readonly #blockLength: number
  oddCount = 0

  /** @param key the frame's bits as corrected so far, one a byte. */
  constructor(key: Uint8Array, index: number, blockLength: number, words: PassWords) {
    this.order = passOrder(key.length, index, words)
    const { size } = this.order
    this.blocks = Math.ceil(size / blockLength)
    this.bits = this.order.gather(key)
    this.bounds = new BitSet(size + 1)
    this.#odd = new BitSet(size)
    this.#blockLength = blockLength
    for (let start = 0; start < size; start += blockLength) this.bounds.add(start)
    this.bounds.add(size)
  }

  /** Positions start..end-1 of a block. */
  block(index: number): { start: number; end: number } {
    const start = index * this.#blockLength
    return { start, end: Math.min(start + this.#blockLength, this.order.size) }
  }

  /** Turns the interval that begins at `start` from even to odd or back; @returns whether it is odd now. */
  toggle(start: number): boolean {
    const odd = this.#odd.flip(start)
    this.oddCount += odd ? 1 : -1
    return odd
  }

  /**
   * The bit at a position was corrected in another pass: its interval turns.
   * @returns false when that makes a single bit odd that Alice's parities say was right already.
   */
  cross(position: number): boolean {
    const start = this.bounds.previous(position)
    return !this.toggle(start) || this.bounds.next(start) > start + 1
  }

  /** Starts of all odd intervals, ascending; they count as even from now on. */
  takeOdd(): number[] {
    this.oddCount = 0
    return this.#odd.drain()
  }

  /** Overwrites the bits and what shows errors. */
  erase(): void {
    for (const set of [this.bits, this.bounds, this.#odd]) set.clear()
  }
}
