/**
 * One frame of Cascade (Brassard, Salvail 1993; parallel variants: Martinez-Mateo et al., arXiv:1407.3257).
 *
 * A pass cuts the frame into blocks of one length, in an order of its own. Where Alice's and Bob's parities differ
 * (odd blocks), the interval is halved until one bit is left, which Bob corrects; that turns the intervals of the
 * other passes that hold the bit from odd to even or back. Every parity ever learnt is kept: a pass is known by
 * its finest intervals. All odd intervals of one pass are halved at once, a level a message; the first pass that
 * has odd ones goes first, its intervals being the smallest. Intervals of two passes are never halved at once, for
 * they might hold the same error. What is odd is public, so both sides follow the same steps, and a request needs
 * to carry the differences alone: a bit for each parity of the last answer.
 *
 * This is the plain twin; `kernels/cascade.ts` takes the same steps on 64-bit words.
 */
import { packBits, unpackBits, xorBytes } from './bits'
import { PlainPass } from './cascade-pass'
import type { PassWords } from './cascade-permutation'

/** Longest frame; one of this length fits the second-level cache, its passes included. */
export const MAX_FRAME_BITS = 2 ** 20
/** Opening a pass costs both sides a copy of the key. */
export const MAX_PASSES = 32

export interface CascadeFrame {
  /** Parities wanted of Alice now; 0 when all planned passes are done. */
  readonly pending: number
  /** Bits that Bob has corrected. */
  readonly corrections: number
  /** Plans one more pass. */
  plan(blockLength: number, words: PassWords): void
  /** Finds what to ask next; false when the differences contradict each other, for good. */
  schedule(): boolean
  /** The pending parities of the own bits, packed. */
  parities(): Uint8Array
  /** Own pending parities against Alice's, packed: the differences. */
  differences(answer: Uint8Array): Uint8Array
  /** Takes in the differences, which at Bob corrects bits; false as with `schedule`. */
  advance(differences: Uint8Array): boolean
  /** The key as it stands, written one bit a byte. */
  copyKey(target: Uint8Array): void
  /** Overwrites the key and what was computed from it; the frame is of no use afterwards. */
  erase(): void
}

interface Interval {
  start: number
  end: number
}

export class PlainFrame implements CascadeFrame {
  readonly #bits: Uint8Array
  readonly #corrects: boolean
  readonly #planned: { blockLength: number; words: PassWords }[] = []
  readonly #passes: PlainPass[] = []
  #current = 0
  #opening = false
  #active: Interval[] = []
  #contradiction = false
  corrections = 0
  pending = 0

  /** @param bits one a byte, copied. @param corrects at Bob only: Alice's bits stay as they are. */
  constructor(bits: Uint8Array, corrects: boolean) {
    for (const bit of bits) {
      if (bit > 1) throw new Error(`Cascade: a frame of ${bits.length} has values but 0 and 1`)
    }
    this.#bits = bits.slice()
    this.#corrects = corrects
  }

  plan(blockLength: number, words: PassWords): void {
    this.#planned.push({ blockLength, words })
  }

  schedule(): boolean {
    this.pending = 0
    while (this.#active.length === 0 && !this.#contradiction) {
      const odd = this.#passes.findIndex(({ oddCount }) => oddCount > 0)
      if (odd >= 0) this.#take(odd)
      else if (this.#passes.length === this.#planned.length) return true
      else if (this.#open() > 0) return true
      else this.#opening = false
    }
    if (!this.#contradiction) this.pending = this.#active.length
    return !this.#contradiction
  }

  parities(): Uint8Array {
    const { bits } = this.#passes[this.#current]
    const asked = Array.from({ length: this.pending }, (_, i) => this.#asked(i))
    return packBits(Uint8Array.from(asked, ({ start, end }) => bits.parity(start, end)))
  }

  differences(answer: Uint8Array): Uint8Array {
    return xorBytes(this.parities(), answer)
  }

  advance(differences: Uint8Array): boolean {
    const odd = unpackBits(differences, this.pending)
    if (this.#opening) this.#settleBlocks(odd)
    else this.#settleHalves(odd)
    return this.schedule()
  }

  copyKey(target: Uint8Array): void {
    target.set(this.#bits)
  }

  erase(): void {
    this.#bits.fill(0)
    for (const pass of this.#passes) pass.erase()
  }

  #open(): number {
    const index = this.#passes.length
    const { blockLength, words } = this.#planned[index]
    this.#passes.push(new PlainPass(this.#bits, index, blockLength, words))
    this.#current = index
    this.#opening = true
    // From the second pass on, the last block follows from the total, which is even by now.
    this.pending = this.#passes[index].blocks - (index > 0 ? 1 : 0)
    return this.pending
  }

  #asked(i: number): Interval {
    if (this.#opening) return this.#passes[this.#current].block(i)
    const { start, end } = this.#active[i]
    return { start, end: middle(start, end) }
  }

  #settleBlocks(odd: Uint8Array): void {
    const pass = this.#passes[this.#current]
    const total = odd.reduce((sum, bit) => sum ^ bit, 0)
    this.#opening = false
    for (let block = 0; block < pass.blocks; block++) {
      const isOdd = block < odd.length ? odd[block] : total
      if (isOdd) pass.toggle(pass.block(block).start)
    }
  }

  #settleHalves(odd: Uint8Array): void {
    const halved = this.#active
    const { bounds } = this.#passes[this.#current]
    this.#active = []
    halved.forEach(({ start, end }, i) => {
      const half = middle(start, end)
      bounds.add(half)
      if (odd[i]) this.#enter(start, half)
      else this.#enter(half, end)
    })
  }

  #take(index: number): void {
    const pass = this.#passes[index]
    this.#current = index
    for (const start of pass.takeOdd()) this.#enter(start, pass.bounds.next(start))
  }

  /** An odd interval is known: halve it next, or correct its only bit. */
  #enter(start: number, end: number): void {
    if (end - start > 1) this.#active.push({ start, end })
    else this.#correct(start)
  }

  #correct(position: number): void {
    const place = this.#passes[this.#current].order.place(position)
    if (place >= this.#bits.length) {
      this.#contradiction = true
      return
    }
    this.corrections++
    if (this.#corrects) this.#bits[place] ^= 1
    this.#passes.forEach((pass, index) => {
      if (this.#corrects) pass.bits.flip(pass.order.position(place))
      if (index === this.#current) return
      if (!pass.cross(pass.order.position(place))) this.#contradiction = true
    })
  }
}

const middle = (start: number, end: number): number => start + ((end - start + 1) >> 1)
