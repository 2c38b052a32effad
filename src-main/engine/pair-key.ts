/** One party's sifted bits of an entangled pass: what may become key, in the order of sifting, and its CHSH outcomes. */
import type { Basis } from './sifted-key'

interface SiftedBit {
  basis: Basis
  bit: number
}

export class PairKey {
  private sifted: SiftedBit[] = []
  private bell: { cell: number; outcome: number }[] = []
  private marked = { sifted: 0, bell: 0 }

  /** Bits that are in the key now. */
  get length(): number {
    return this.sifted.length
  }

  /** Adds a matched, undisclosed bit. */
  add(basis: Basis, bit: number): void {
    this.sifted.push({ basis, bit })
  }

  /** Adds an outcome of a CHSH coincidence; it is disclosed when sifting ends. */
  addBell(cell: number, outcome: number): void {
    this.bell.push({ cell, outcome })
  }

  /** CHSH outcomes in order, and the combination of each. */
  get bellOutcomes(): Uint8Array {
    return Uint8Array.from(this.bell, ({ outcome }) => outcome)
  }

  get bellCells(): Uint8Array {
    return Uint8Array.from(this.bell, ({ cell }) => cell)
  }

  /** What is sifted now is final. */
  mark(): void {
    this.marked = { sifted: this.sifted.length, bell: this.bell.length }
  }

  /** Overwrites and drops what was sifted since the mark. */
  rewind(): void {
    for (const one of this.sifted.splice(this.marked.sifted)) one.bit = 0
    for (const one of this.bell.splice(this.marked.bell)) one.outcome = 0
  }

  /** Takes the bits at ascending places out of the key: they are disclosed. */
  takeOut(places: ArrayLike<number>): SiftedBit[] {
    const taken: SiftedBit[] = []
    const left: SiftedBit[] = []
    this.sifted.forEach((one, i) => {
      if (places[taken.length] === i) taken.push(one)
      else left.push(one)
    })
    this.sifted = left
    return taken
  }

  /** The key bits, one a byte. */
  bits(): Uint8Array {
    return Uint8Array.from(this.sifted, ({ bit }) => bit)
  }

  /** Basis of the bit at a place. */
  basisAt(place: number): Basis {
    return this.sifted[place].basis
  }

  /** Overwrites everything. */
  erase(): void {
    for (const one of this.sifted) one.bit = 0
    for (const one of this.bell) one.outcome = 0
    this.sifted = []
    this.bell = []
    this.marked = { sifted: 0, bell: 0 }
  }
}
