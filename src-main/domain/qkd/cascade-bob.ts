/**
 * Bob's side of Cascade: he asks for parities and corrects his bits. Which parities follows from the differences
 * found so far (see `cascade-frame.ts`), so his requests carry those differences alone, for all frames at once.
 */
import { MAX_PASSES } from './cascade-frame'
import { CascadeFrames, shortestFrame } from './cascade-frames'
import type { CascadeKernel } from './cascade-kernel'
import { SEED_WORDS } from './cascade-permutation'
import { blockLengths, retryLength } from './cascade-schedule'
import { cutPacked, encodeRequest, joinPacked, type PassPlan } from './cascade-wire'
import type { BobReconciler } from './reconciler'

export interface CascadeOptions {
  /** Estimated error rate; clamped to 0.001..0.25. */
  errorRate: number
  /** Number of passes; the schedule's own when absent. */
  passes?: number
  /** Four words of public randomness. */
  seed: Uint32Array
}

/** The answers contradict each other: the channel was tampered with, or the keys are not of one exchange. */
export class ReconciliationFailed extends Error {}

const NONE: Uint8Array = new Uint8Array(0)

export class CascadeBob implements BobReconciler {
  readonly #frames: CascadeFrames
  readonly #corrected: Uint8Array
  readonly #plans: PassPlan[]
  readonly blindFrames = 0
  #differences: Uint8Array = NONE
  /** Bits of difference that the next request carries. */
  #found = 0
  #started = false
  #waiting = false
  #stale = true
  #disclosed = 0
  #requested = 0

  /**
   * @param bits his sifted key as a bit array (copied); cut into frames of 2^20 bits at most.
   * @param kernel his own instance, if there is one; the plain twin sends the same requests.
   * @throws when the key is longer than 2^26 bits or holds other values than 0 and 1, or the estimate is NaN.
   */
  constructor(
    bits: Uint8Array,
    { errorRate, passes, seed }: CascadeOptions,
    kernel?: CascadeKernel,
  ) {
    const lengths = blockLengths(shortestFrame(bits.length), errorRate, passes)
    this.#plans = [planOf(lengths, seed)]
    this.#frames = new CascadeFrames(bits, true, kernel)
    this.#corrected = new Uint8Array(bits.length)
  }

  get frames(): number {
    return this.#frames.count
  }

  /** Bits corrected so far. */
  get corrections(): number {
    return this.#frames.corrections
  }

  /** Parities that Alice's answers disclosed so far; equals Alice's own count. */
  get disclosed(): number {
    return this.#disclosed
  }

  /** Differences announced so far, a bit for each parity that he compared and told the outcome of. */
  get requested(): number {
    return this.#requested
  }

  /** The next request, or null when all passes are done; @throws while an answer is outstanding. */
  next(): Uint8Array | null {
    if (this.#waiting) throw new Error('Cascade: the last request has not been answered yet')
    if (this.#frames.list.length === 0) return null
    const plan = this.#frames.pending > 0 ? null : this.#plans.shift()
    if (plan === undefined) return null
    const request = this.#encode(plan)
    if (plan) this.#frames.plan(plan)
    this.#requested += this.#found
    this.#differences = NONE
    this.#found = 0
    this.#waiting = true
    return request
  }

  /**
   * Takes Alice's answer to the last request.
   * @throws Error when its length is wrong; ReconciliationFailed when it contradicts earlier answers.
   */
  accept(answer: Uint8Array): void {
    if (!this.#waiting) throw new Error('Cascade: an answer came that nobody asked for')
    const { list, pending } = this.#frames
    const answers = cutPacked(list, answer)
    const differences = list.map((frame, i) => frame.differences(answers[i]))
    this.#waiting = false
    this.#stale = true
    this.#disclosed += pending
    this.#found = pending
    this.#differences = joinPacked(differences)
    if (this.#frames.advance(differences)) return
    this.#plans.length = 0
    throw new ReconciliationFailed('Cascade: parities contradict each other; destroy the block')
  }

  /** The key as corrected so far; the same array every time, so that no copy outlives `erase`. */
  corrected(): Uint8Array {
    if (this.#stale) this.#frames.copyKey(this.#corrected)
    this.#stale = false
    return this.#corrected
  }

  /** Overwrites his copy of the key and what was computed from it. */
  erase(): void {
    this.#frames.erase()
    this.#corrected.fill(0)
    this.#differences.fill(0)
  }

  /**
   * Plans one more pass over every frame in a fresh order, after a failed verification.
   * @throws when 32 passes were planned: the block is lost.
   */
  retry(freshSeed: Uint32Array): void {
    const planned = this.#plans.reduce((sum, plan) => sum + plan.blockLengths.length, 0)
    if (this.#frames.passes + planned >= MAX_PASSES) {
      throw new Error(`Cascade: ${MAX_PASSES} passes did not do; destroy the block`)
    }
    this.#plans.push(planOf([retryLength(this.#frames.shortest)], freshSeed))
  }

  /** Plans several more passes: `retry`, repeated. */
  extraPasses(count: number, freshSeed: Uint32Array): void {
    for (let i = 0; i < count; i++) this.retry(freshSeed)
  }

  #encode(plan: PassPlan | null): Uint8Array {
    if (!plan) return encodeRequest({ kind: 'step', differences: this.#differences })
    if (this.#started) return encodeRequest({ kind: 'retry', plan, differences: this.#differences })
    this.#started = true
    return encodeRequest({ kind: 'start', n: this.#frames.n, plan })
  }
}

/** Checks the seed and keeps a copy: the caller may use it again. */
function planOf(lengths: number[], seed: Uint32Array): PassPlan {
  if (seed.length < SEED_WORDS) {
    throw new Error(`Cascade: the seed has ${seed.length} words, ${SEED_WORDS} are needed`)
  }
  return { blockLengths: lengths, seed: seed.slice(0, SEED_WORDS) }
}
