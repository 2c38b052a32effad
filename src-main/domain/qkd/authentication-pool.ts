/**
 * The authentication key of a pair, as one end holds it. Each direction draws from its own half, in order, so that
 * both ends take the same bits for the same purpose without agreeing on anything. What was taken is overwritten.
 */
import type { Direction } from './authentication'

/** The pool cannot pay for a tag; the message says what is left and the way out. */
export class AuthenticationKeyExhausted extends Error {
  readonly left_bits: number

  constructor(direction: Direction, wanted_bits: number, left_bits: number) {
    super(
      `Authentication key exhausted: ${wanted_bits} bits wanted for ${direction}, ${left_bits} bits left; top up from new key or exchange a new start key`,
    )
    this.left_bits = left_bits
  }
}

export class AuthenticationPool {
  readonly #halves: Record<Direction, Uint8Array>
  readonly #taken: Record<Direction, number> = { 'alice-to-bob': 0, 'bob-to-alice': 0 }

  /** @param packed key bytes, the same at both ends, an even number (4 kbit are 512); they are copied. */
  constructor(packed: Uint8Array) {
    if (packed.length % 2) {
      throw new Error(
        `Authentication pool: ${packed.length} bytes do not halve; give an even number`,
      )
    }
    const half = packed.length / 2
    this.#halves = { 'alice-to-bob': packed.slice(0, half), 'bob-to-alice': packed.slice(half) }
  }

  /**
   * The next bits of a direction, packed; whole bytes only.
   * @throws AuthenticationKeyExhausted when the direction's half has fewer left; nothing is taken then.
   */
  take(direction: Direction, bits: number): Uint8Array {
    if (!Number.isInteger(bits) || bits < 0 || bits % 8) {
      throw new Error(`Authentication pool: ${bits} bits are not whole bytes`)
    }
    const left_bits = this.#leftOf(direction)
    if (bits > left_bits) throw new AuthenticationKeyExhausted(direction, bits, left_bits)
    const from = this.#taken[direction]
    this.#taken[direction] += bits / 8
    const half = this.#halves[direction]
    const key = half.slice(from, from + bits / 8)
    half.fill(0, from, from + bits / 8)
    return key
  }

  /** Overwrites what is left; nothing more can be taken. */
  erase(): void {
    for (const direction of ['alice-to-bob', 'bob-to-alice'] as const) {
      this.#halves[direction].fill(0)
      this.#taken[direction] = this.#halves[direction].length
    }
  }

  #leftOf(direction: Direction): number {
    return 8 * (this.#halves[direction].length - this.#taken[direction])
  }
}
