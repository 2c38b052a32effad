/**
 * Alice's side of Cascade (Brassard, Salvail 1993): she answers with parities of her own bits and changes none.
 * She learns nothing of Bob's bits but where they differ. Every parity she gives counts as disclosed. The requests
 * are checked before anything is computed from the key.
 */
import { MAX_PASSES } from './cascade-frame'
import { CascadeFrames } from './cascade-frames'
import type { CascadeKernel } from './cascade-kernel'
import {
  cutPacked,
  decodeRequest,
  joinPacked,
  type CascadeRequest,
  type PassPlan,
} from './cascade-wire'
import type { AliceReconciler } from './reconciler'

export class CascadeAlice implements AliceReconciler {
  readonly #frames: CascadeFrames
  #disclosed = 0
  #broken = false

  /**
   * @param bits her sifted key as a bit array (copied); cut into frames of 2^20 bits at most.
   * @param kernel her own instance, if there is one; the plain twin gives the same answers.
   * @throws when the key is longer than 2^26 bits, or holds other values than 0 and 1.
   */
  constructor(bits: Uint8Array, kernel?: CascadeKernel) {
    this.#frames = new CascadeFrames(bits, false, kernel)
  }

  /** Parities given so far, in bits: the leak of reconciliation. */
  get disclosed(): number {
    return this.#disclosed
  }

  /** Answers one request with packed parities; @throws when the request is not sound. */
  answer(request: Uint8Array): Uint8Array {
    if (this.#broken) refuse('an earlier one contradicted itself')
    const asked = decodeRequest(request)
    if (asked.kind === 'start') this.#checkStart(asked.n)
    else this.#checkStarted()
    if (asked.kind !== 'step') this.#checkPlan(asked.plan)
    this.#follow(asked)
    this.#disclosed += this.#frames.pending
    return joinPacked(this.#frames.list.map((frame) => frame.parities()))
  }

  /** Overwrites what was computed from the key; the bits handed in are the caller's. */
  erase(): void {
    this.#frames.erase()
  }

  #checkStart(n: number): void {
    if (n !== this.#frames.n) refuse(`it is for ${n} bits, the key has ${this.#frames.n}`)
    if (this.#frames.passes > 0) refuse('the run has begun already')
  }

  #checkStarted(): void {
    if (this.#frames.passes === 0) refuse('no run has begun')
  }

  #checkPlan({ blockLengths }: PassPlan): void {
    const { shortest, passes } = this.#frames
    if (blockLengths.length < 1) refuse('it plans no pass')
    if (passes + blockLengths.length > MAX_PASSES) {
      refuse(`pass ${passes + blockLengths.length} is beyond the limit of ${MAX_PASSES}`)
    }
    const bad = blockLengths.find((length) => length < 1 || length > shortest)
    if (bad !== undefined) refuse(`blocks of ${bad} cannot be cut from ${shortest} bits`)
  }

  /** Takes the steps that Bob has taken. */
  #follow(asked: CascadeRequest): void {
    const frames = this.#frames
    if (asked.kind === 'start') return this.#expect(frames.plan(asked.plan))
    const differences = cutPacked(frames.list, asked.differences)
    if (asked.kind === 'step' && frames.pending === 0) refuse('nothing is left to ask')
    this.#expect(frames.advance(differences))
    if (asked.kind === 'step') return
    if (frames.pending > 0) this.#expect(false)
    this.#expect(frames.plan(asked.plan))
  }

  #expect(sound: boolean): void {
    if (sound) return
    this.#broken = true
    refuse('its differences contradict earlier ones')
  }
}

function refuse(why: string): never {
  throw new Error(`Cascade request refused: ${why}`)
}
