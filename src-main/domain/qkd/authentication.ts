/**
 * Authentication by phases: each direction of the channel has a running transcript under a polynomial hash whose
 * key is kept; one Wegman-Carter tag closes each phase and covers everything said in that direction so far, its
 * message boundaries, the direction, the phase's name and its number. A tag costs 128 pad bits, used once.
 * A forged transcript of B blocks passes with probability at most B / 2^128 a tag (Portmann, arXiv:1202.1229,
 * for the kept key).
 */
import { equalInConstantTime, HASH_BYTES, maskTag, PolynomialHash } from './polynomial-hash'
import { WireWriter } from './wire'

export type Direction = 'alice-to-bob' | 'bob-to-alice'

/** Key bits of one tag's pad, and of a direction's hash key. */
export const TAG_BITS = 8 * HASH_BYTES

/** Nothing said in this direction may be used any more. */
export class AuthenticationFailed extends Error {}

/** One direction as one party saw it; the sender closes phases, the receiver checks them. */
export class TranscriptAuthenticator {
  readonly #hash: PolynomialHash
  readonly #direction: Direction
  #phases = 0
  #failed = false

  /** @param hashKey 16 secret bytes, the same at both ends and of this direction only. */
  constructor(direction: Direction, hashKey: Uint8Array) {
    this.#direction = direction
    this.#hash = new PolynomialHash(hashKey).update(framed(1, asciiBytes(direction)))
  }

  /** Takes one message, sent or received, into the transcript. */
  absorb(message: Uint8Array): void {
    this.#hash.update(frameHead(2, message.length)).update(message)
  }

  /** Tag of the transcript up to the end of `phase`; `pad` is 16 fresh key bytes. */
  closePhase(phase: string, pad: Uint8Array): Uint8Array {
    if (this.#failed) throw this.#broken(phase)
    const head = new WireWriter().number(this.#phases++).raw(asciiBytes(phase)).done()
    this.#hash.update(framed(3, head))
    return maskTag(this.#hash.digestWithLength(), pad)
  }

  /**
   * Whether the other end's tag of `phase` agrees with what was received.
   * After one disagreement the direction is broken: it checks and closes nothing more.
   */
  checkPhase(phase: string, tag: Uint8Array, pad: Uint8Array): boolean {
    if (this.#failed) return false
    const own = this.closePhase(phase, pad)
    this.#failed = !equalInConstantTime(own, tag)
    return !this.#failed
  }

  /** Overwrites the hash key; nothing more can be closed or checked. */
  erase(): void {
    this.#failed = true
    this.#hash.erase()
  }

  #broken(phase: string): AuthenticationFailed {
    return new AuthenticationFailed(
      `Authentication of ${this.#direction} failed earlier; phase ${phase} cannot be closed: discard the block and start a new contact`,
    )
  }
}

/** A self-delimiting frame, so that no two sequences of messages give one byte string. */
const frameHead = (kind: number, length: number): Uint8Array =>
  new WireWriter().number(kind).number(length).done()

const framed = (kind: number, content: Uint8Array): Uint8Array =>
  new WireWriter().number(kind).number(content.length).raw(content).done()

/** Names of directions and phases are plain ASCII; anything else throws. */
function asciiBytes(text: string): Uint8Array {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new Error(`Authentication: "${text}" is not plain ASCII`)
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}
