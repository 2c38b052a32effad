/** A block of sifted key cut into frames that advance together, a message for all: the part both sides share. */
import { createFrame, type CascadeKernel } from './cascade-kernel'
import { MAX_FRAME_BITS, type CascadeFrame } from './cascade-frame'
import { passWords } from './cascade-permutation'
import type { PassPlan } from './cascade-wire'

/** Longest block that may be reconciled at once: 64 frames, for each of which a kernel sets 6 MB aside. */
export const MAX_CASCADE_BITS = 2 ** 26

export class CascadeFrames {
  #list: readonly CascadeFrame[]
  /** Bits of the key. */
  readonly n: number
  /** Frames that it was cut into. */
  readonly count: number
  /** Bits of the shortest frame; no block may be longer. */
  readonly shortest: number
  readonly #cuts: number[]
  #passes = 0
  #corrections = 0

  /** @param corrects at Bob only. @throws when the key is longer than 2^26 bits or holds other values than 0, 1. */
  constructor(bits: Uint8Array, corrects: boolean, kernel?: CascadeKernel) {
    if (bits.length > MAX_CASCADE_BITS) {
      throw new Error(`Cascade: ${bits.length} bits are too many; split at ${MAX_CASCADE_BITS}`)
    }
    const cuts = frameCuts(bits.length)
    this.n = bits.length
    this.count = cuts.length - 1
    this.shortest = shortestFrame(bits.length)
    this.#cuts = cuts
    this.#list = createFrames(bits, cuts, corrects, kernel)
  }

  /** Passes planned so far. */
  get passes(): number {
    return this.#passes
  }

  /** Parities that Alice is to give next. */
  get pending(): number {
    return this.#list.reduce((sum, { pending }) => sum + pending, 0)
  }

  /** The frames; none once erased. */
  get list(): readonly CascadeFrame[] {
    return this.#list
  }

  /** Bits that Bob has corrected. */
  get corrections(): number {
    return this.#list.reduce((sum, { corrections }) => sum + corrections, this.#corrections)
  }

  /** Plans passes in every frame and finds what to ask; false when differences contradict each other. */
  plan({ blockLengths, seed }: PassPlan): boolean {
    for (const length of blockLengths) {
      const words = passWords(seed, this.#passes++)
      for (const frame of this.#list) frame.plan(length, words)
    }
    return this.#list.map((frame) => frame.schedule()).every(Boolean)
  }

  /** Takes in the differences of each frame; false as with `plan`. */
  advance(differences: readonly Uint8Array[]): boolean {
    const waiting = (frame: CascadeFrame, i: number) =>
      frame.pending === 0 || frame.advance(differences[i])
    return this.#list.map(waiting).every(Boolean)
  }

  /** Writes the key as corrected so far; leaves the target alone once erased. */
  copyKey(target: Uint8Array): void {
    const cuts = this.#cuts
    this.#list.forEach((frame, i) => frame.copyKey(target.subarray(cuts[i], cuts[i + 1])))
  }

  /** Overwrites all frames; harmless when done twice. */
  erase(): void {
    this.#corrections = this.corrections
    for (const frame of this.#list) frame.erase()
    this.#list = []
  }
}

/** All frames or none: those made before one failed are erased. */
function createFrames(
  bits: Uint8Array,
  cuts: number[],
  corrects: boolean,
  kernel?: CascadeKernel,
): CascadeFrame[] {
  const frames: CascadeFrame[] = []
  try {
    for (let i = 0; i + 1 < cuts.length; i++) {
      frames.push(createFrame(bits.subarray(cuts[i], cuts[i + 1]), corrects, kernel))
    }
    return frames
  } catch (error) {
    for (const frame of frames) frame.erase()
    throw error
  }
}

/** Bits of the shortest frame of a key of n bits. */
export const shortestFrame = (n: number): number =>
  Math.floor(n / Math.max(1, Math.ceil(n / MAX_FRAME_BITS)))

/** Places where frames begin, and the end: as few frames as fit, as equal as can be. */
function frameCuts(n: number): number[] {
  const frames = Math.ceil(n / MAX_FRAME_BITS)
  return Array.from({ length: frames + 1 }, (_, i) => (frames ? Math.floor((i * n) / frames) : 0))
}
