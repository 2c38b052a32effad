/**
 * Bob's copy of one frame: the errors between his word and Alice's are decoded from the difference of the
 * syndromes. What she reveals becomes certain; the least reliable positions are asked for first
 * (Kiktenko et al., arXiv:1612.03673).
 */
import { LIMIT, priorOf, type FrameDecoder } from './frame-decoder'
import type { Frame } from './frame-layout'

export class BobFrame {
  readonly frame: Frame
  /** His key bits, corrected once decoded. */
  readonly bits: Uint8Array
  /** Difference of the syndromes. */
  #syndrome: Uint8Array
  /** Known differences: by key place and by punctured bit, 0 or 1; 2 while unknown. */
  readonly #knownKey: Uint8Array
  readonly #knownPunctured: Uint8Array
  #totals: Int16Array
  /** Bits about the key that Alice has disclosed for this frame. */
  leak: number
  solved = false
  /** Decoding attempts, and iterations of them all. */
  attempts = 0
  iterations = 0
  corrections = 0

  constructor(frame: Frame, bits: Uint8Array) {
    this.frame = frame
    this.bits = bits
    this.#syndrome = frame.code.syndrome(this.#word(bits))
    this.#knownKey = new Uint8Array(bits.length).fill(2)
    this.#knownPunctured = new Uint8Array(frame.punctured.length).fill(2)
    this.#totals = new Int16Array(frame.code.length)
    this.leak = frame.code.checks - frame.punctured.length
  }

  /** Punctured bits that Alice has not revealed. */
  get hidden(): number {
    const first = this.#knownPunctured.indexOf(2)
    return first < 0 ? 0 : this.#knownPunctured.length - first
  }

  /** Takes Alice's syndrome; @returns how many checks differ. */
  takeSyndrome(alice: Uint8Array): number {
    const own = this.#syndrome
    for (let i = 0; i < own.length; i++) own[i] ^= alice[i]
    return own.reduce((sum, bit) => sum + bit, 0)
  }

  /** Takes revealed bits: the next punctured ones, then key bits by place. */
  takeRevealed(punctured: Uint8Array, places: number[], keyBits: Uint8Array): void {
    const first = this.#knownPunctured.length - this.hidden
    // Bob's word has zeros at punctured positions.
    this.#knownPunctured.set(punctured, first)
    places.forEach((place, i) => (this.#knownKey[place] = this.bits[place] ^ keyBits[i]))
    this.leak += punctured.length + places.length
  }

  /** Takes the whole frame. */
  takeAll(keyBits: Uint8Array): void {
    this.corrections += differing(this.bits, keyBits)
    this.bits.set(keyBits)
    this.leak += keyBits.length
    this.solved = true
  }

  /** One attempt; corrects the bits when the syndrome matches. */
  decode(decoder: FrameDecoder, errorRate: number, most: number): void {
    this.#setPriors(errorRate)
    const { code } = this.frame
    const iterations = decoder.decode(code, this.#totals, this.#syndrome, most)
    this.attempts++
    this.iterations += iterations < 0 ? most : iterations
    this.solved = iterations >= 0
    if (this.solved) this.#correct()
  }

  /** Key places that Alice has not revealed, the `count` least reliable, ascending. */
  leastReliable(count: number): number[] {
    const { key } = this.frame
    const open: number[] = []
    for (let place = 0; place < key.length; place++) {
      if (this.#knownKey[place] === 2) open.push(place)
    }
    const doubt = (place: number) => Math.abs(this.#totals[key[place]])
    open.sort((a, b) => doubt(a) - doubt(b) || a - b)
    return open.slice(0, count).sort((a, b) => a - b)
  }

  erase(): void {
    for (const secret of [this.bits, this.#syndrome, this.#knownKey, this.#knownPunctured]) {
      secret.fill(0)
    }
    this.#totals.fill(0)
  }

  #word(bits: Uint8Array): Uint8Array {
    const word = new Uint8Array(this.frame.code.length)
    this.frame.key.forEach((position, place) => (word[position] = bits[place]))
    return word
  }

  #setPriors(errorRate: number): void {
    const { key, punctured } = this.frame
    const prior = [priorOf(errorRate), 0]
    const certain = [LIMIT, -LIMIT]
    this.#totals.fill(LIMIT)
    for (let i = 0; i < key.length; i++)
      this.#totals[key[i]] = certain[this.#knownKey[i]] ?? prior[0]
    for (let i = 0; i < punctured.length; i++) {
      this.#totals[punctured[i]] = certain[this.#knownPunctured[i]] ?? prior[1]
    }
  }

  #correct(): void {
    this.frame.key.forEach((position, place) => {
      if (this.#totals[position] >= 0) return
      this.bits[place] ^= 1
      this.corrections++
    })
  }
}

const differing = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, bit, i) => sum + (bit ^ b[i]), 0)
