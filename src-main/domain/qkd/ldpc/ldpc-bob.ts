/**
 * Bob's side of LDPC reconciliation: he asks for all syndromes at once, decodes, and asks for a few more bits of
 * the frames that failed, round by round (blind reconciliation: Martinez-Mateo, Elkouss, Martin, arXiv:1205.5729;
 * positions by reliability: Kiktenko et al., arXiv:1612.03673). All frames advance in the same round. After the
 * last round a frame that still fails is disclosed whole, so that the exchange always ends.
 */
import { unpackBits } from '../bits'
import type { BobReconciler } from '../reconciler'
import { BLIND_ROUNDS, missingBits, wantedOf } from './blind-round'
import { BobFrame } from './bob-frame'
import type { CodeTable } from './code-table'
import { observedErrorRate } from './error-estimate'
import type { FrameDecoder } from './frame-decoder'
import { frameHash } from './frame-hash'
import { layFrames } from './frame-layout'
import { MAX_LDPC_BITS, MAX_RATE, MIN_RATE, planFrames } from './frame-plan'
import { interleaving, SEED_WORDS } from './interleaving'
import { KernelDecoder, type LdpcKernel } from './kernel-decoder'
import {
  encodeRequest,
  HASH_BITS,
  RATE_UNIT,
  type LdpcRequest,
  type Revelation,
  type RevealRequest,
} from './ldpc-wire'
import { PlainDecoder } from './plain-decoder'

export interface LdpcOptions {
  /** Estimated error rate; clamped to 0.001..0.25. */
  errorRate: number
  /** Four words of public randomness. */
  seed: Uint32Array
  codes: CodeTable
}

/** Iterations of one attempt: more gain less than 1 % in efficiency. */
const MOST_ITERATIONS = 80

export class LdpcBob implements BobReconciler {
  readonly #key: Uint8Array
  readonly #order: Uint32Array
  readonly #frames: BobFrame[]
  readonly #decoder: FrameDecoder
  readonly #blind = new Set<number>()
  readonly #planned: LdpcRequest[]
  #pending: LdpcRequest | null = null
  #round = 0
  #errorRate: number
  #disclosed = 0
  #requested = 0

  /**
   * @param bits his sifted key as a bit array (copied); @param kernel the WebAssembly decoder, or none for the
   * plain one. @throws when the key is longer than 1e8 bits, or the error rate or the seed is none.
   */
  constructor(bits: Uint8Array, { errorRate, seed, codes }: LdpcOptions, kernel?: LdpcKernel) {
    if (bits.length > MAX_LDPC_BITS) {
      throw new Error(`LDPC: ${bits.length} bits are too many; split at ${MAX_LDPC_BITS}`)
    }
    if (!Number.isFinite(errorRate)) throw new Error(`LDPC: ${errorRate} is no error rate`)
    const words = seed.slice(0, SEED_WORDS)
    this.#errorRate = Math.min(MAX_RATE, Math.max(MIN_RATE, errorRate))
    const rate_ppm = Math.round(this.#errorRate / RATE_UNIT)
    this.#key = bits.slice()
    this.#order = interleaving(bits.length, words)
    this.#decoder = kernel ? new KernelDecoder(kernel) : new PlainDecoder()
    const shapes = planFrames(bits.length, rate_ppm * RATE_UNIT, codes)
    this.#frames = layFrames(shapes, codes).map((frame) => new BobFrame(frame, this.#cut(frame)))
    this.#planned = bits.length > 0 ? [{ kind: 'open', n: bits.length, rate_ppm, seed: words }] : []
  }

  get disclosed(): number {
    return this.#disclosed
  }

  get requested(): number {
    return this.#requested
  }

  get corrections(): number {
    return this.#frames.reduce((sum, { corrections }) => sum + corrections, 0)
  }

  get frames(): number {
    return this.#frames.length
  }

  get blindFrames(): number {
    return this.#blind.size
  }

  /** Iterations of the decoder over all frames and attempts. */
  get iterations(): number {
    return this.#frames.reduce((sum, { iterations }) => sum + iterations, 0)
  }

  next(): Uint8Array | null {
    if (this.#pending) throw new Error('LDPC: the last request has not been answered yet')
    this.#pending = this.#planned.shift() ?? null
    return this.#pending && encodeRequest(this.#pending)
  }

  accept(answer: Uint8Array): void {
    const request = this.#pending
    if (!request) throw new Error('LDPC: an answer came that nobody asked for')
    const bits = unpackBits(answer, this.#answerBits(request))
    this.#pending = null
    if (request.kind === 'open') this.#opened(bits)
    else if (request.kind === 'reveal') this.#revealed(request, bits)
    else if (request.kind === 'disclose') this.#taken(request.frames, bits)
    else this.#compared(request.seed, answer)
  }

  corrected(): Uint8Array {
    for (const { frame, bits } of this.#frames) {
      for (let i = 0; i < bits.length; i++) this.#key[this.#order[frame.start + i]] = bits[i]
    }
    return this.#key
  }

  retry(freshSeed: Uint32Array): void {
    if (this.#frames.length === 0) return
    this.#planned.push({ kind: 'compare', seed: freshSeed.slice(0, SEED_WORDS) })
  }

  erase(): void {
    this.#key.fill(0)
    for (const frame of this.#frames) frame.erase()
    this.#decoder.erase()
  }

  #cut({ start, key }: { start: number; key: Int32Array }): Uint8Array {
    return Uint8Array.from(key, (_, i) => this.#key[this.#order[start + i]])
  }

  #answerBits(request: LdpcRequest): number {
    if (request.kind === 'open') return sum(this.#frames.map(({ frame }) => frame.code.checks))
    if (request.kind === 'compare') return HASH_BITS * this.#frames.length
    if (request.kind === 'disclose') {
      return sum(request.frames.map((frame) => this.#frames[frame].bits.length))
    }
    return sum(request.frames.map(({ punctured, places }) => punctured + places.length))
  }

  #opened(bits: Uint8Array): void {
    let at = 0
    const unsatisfied = this.#frames.map((own) => {
      const from = at
      at += own.frame.code.checks
      this.#disclosed += own.leak
      return own.takeSyndrome(bits.subarray(from, at))
    })
    const layouts = this.#frames.map(({ frame }) => frame)
    this.#errorRate = observedErrorRate(layouts, unsatisfied)
    this.#decodeAll(this.#frames)
  }

  #revealed({ frames }: RevealRequest, bits: Uint8Array): void {
    let at = 0
    for (const { frame, punctured, places } of frames) {
      const middle = at + punctured
      const end = middle + places.length
      this.#frames[frame].takeRevealed(
        bits.subarray(at, middle),
        places,
        bits.subarray(middle, end),
      )
      at = end
    }
    this.#disclosed += bits.length
    this.#decodeAll(frames.map(({ frame }) => this.#frames[frame]))
  }

  /** Frames that cannot succeed yet are not tried. */
  #decodeAll(frames: BobFrame[]): void {
    for (const own of frames) {
      if (missingBits(own, this.#errorRate) > 0) continue
      own.decode(this.#decoder, this.#errorRate, MOST_ITERATIONS)
    }
    this.#planBlind()
  }

  #planBlind(): void {
    const failed = this.#frames.flatMap((own, frame) => (own.solved ? [] : [frame]))
    if (failed.length === 0) return
    for (const frame of failed) this.#blind.add(frame)
    this.#requested += failed.length
    if (this.#round++ < BLIND_ROUNDS) {
      this.#planned.push({ kind: 'reveal', frames: failed.map((frame) => this.#wanted(frame)) })
    } else {
      this.#planned.push({ kind: 'disclose', frames: failed })
    }
  }

  #wanted(frame: number): Revelation {
    const own = this.#frames[frame]
    const wanted = wantedOf(own, frame, this.#round - 1, this.#errorRate)
    this.#requested += wanted.places.length * Math.ceil(Math.log2(own.bits.length + 1))
    return wanted
  }

  #taken(frames: number[], bits: Uint8Array): void {
    let at = 0
    for (const frame of frames) {
      const own = this.#frames[frame]
      own.takeAll(bits.subarray(at, at + own.bits.length))
      at += own.bits.length
    }
    this.#disclosed += bits.length
  }

  /** Frames whose hashes differ were decoded to a wrong word: they are disclosed whole. */
  #compared(seed: Uint32Array, answer: Uint8Array): void {
    this.#disclosed += 8 * answer.length
    const bytes = HASH_BITS / 8
    const wrong = this.#frames.flatMap((own, frame) => {
      const hash = frameHash(own.bits, seed)
      return hash.every((byte, i) => byte === answer[frame * bytes + i]) ? [] : [frame]
    })
    this.#requested += this.#frames.length
    for (const frame of wrong) this.#blind.add(frame)
    if (wrong.length > 0) this.#planned.push({ kind: 'disclose', frames: wrong })
  }
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0)
