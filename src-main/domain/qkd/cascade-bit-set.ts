/** A set of positions as packed bits, with the few questions that Cascade asks of it. */

export class BitSet {
  readonly #words: Uint32Array

  /** @param size positions 0..size-1. */
  constructor(size: number) {
    this.#words = new Uint32Array((size + 31) >>> 5)
  }

  has(at: number): boolean {
    return ((this.#words[at >>> 5] >>> (at & 31)) & 1) === 1
  }

  add(at: number): void {
    this.#words[at >>> 5] |= 1 << (at & 31)
  }

  /** Takes in or out; @returns whether it is in now. */
  flip(at: number): boolean {
    this.#words[at >>> 5] ^= 1 << (at & 31)
    return this.has(at)
  }

  /** 1 when an odd number of members lies in from..to-1; needs from < to. */
  parity(from: number, to: number): number {
    const first = from >>> 5
    const last = (to - 1) >>> 5
    const head = -1 << (from & 31)
    const tail = -1 >>> (-to & 31)
    if (first === last) return oddOnes(this.#words[first] & head & tail)
    let sum = (this.#words[first] & head) ^ (this.#words[last] & tail)
    for (let at = first + 1; at < last; at++) sum ^= this.#words[at]
    return oddOnes(sum)
  }

  /** Largest member that is not above `at`; there must be one. */
  previous(at: number): number {
    let index = at >>> 5
    let word = this.#words[index] & (-1 >>> (~at & 31))
    while (word === 0) word = this.#words[--index]
    return 32 * index + 31 - Math.clz32(word)
  }

  /** Smallest member above `at`; there must be one. */
  next(at: number): number {
    let index = (at + 1) >>> 5
    let word = this.#words[index] & (-1 << ((at + 1) & 31))
    while (word === 0) word = this.#words[++index]
    return 32 * index + 31 - Math.clz32(word & -word)
  }

  /** Takes all members out, in ascending order. */
  drain(): number[] {
    const members: number[] = []
    for (let index = 0; index < this.#words.length; index++) {
      for (let word = this.#words[index]; word !== 0; word &= word - 1) {
        members.push(32 * index + 31 - Math.clz32(word & -word))
      }
    }
    this.clear()
    return members
  }

  clear(): void {
    this.#words.fill(0)
  }
}

function oddOnes(word: number): number {
  word ^= word >>> 16
  word ^= word >>> 8
  word ^= word >>> 4
  return (0x6996 >>> (word & 15)) & 1
}
