/**
 * The two sides of an error correction code, whichever it is: Bob asks, Alice discloses about her bits alone.
 * Requests and answers are opaque bytes for the classical channel.
 */

export interface AliceReconciler {
  /** Bits disclosed about her key so far: the leak. */
  readonly disclosed: number
  /** Answers one request; @throws when it is not sound, before anything is computed from the key. */
  answer(request: Uint8Array): Uint8Array
  /** Overwrites what was computed from the key. */
  erase(): void
}

export interface BobReconciler {
  /** Bits that Alice's answers disclosed so far; equals her own count. */
  readonly disclosed: number
  /** Bits that Bob's own requests reveal about the errors (which blocks differ), reported beside the leak. */
  readonly requested: number
  /** Bits corrected so far. */
  readonly corrections: number
  /** Frames that the key was cut into, and how many of them needed more than the first answer. */
  readonly frames: number
  readonly blindFrames: number
  /** The next request, or null when nothing is left to ask; @throws while an answer is outstanding. */
  next(): Uint8Array | null
  /** Takes Alice's answer; @throws when it does not fit the request. */
  accept(answer: Uint8Array): void
  /** The key as corrected so far, one bit a byte. */
  corrected(): Uint8Array
  /** Plans one more attempt with fresh public randomness, after a failed verification. */
  retry(freshSeed: Uint32Array): void
  /** Overwrites his copy of the key and what was computed from it. */
  erase(): void
}
