/**
 * Alice's side of LDPC reconciliation: she sends syndromes of her own frames and, when asked, single bits of them;
 * she changes none of her bits. Punctured positions hold private random bits, fresh for every frame and never sent
 * but when asked in a blind round (Martinez-Mateo, Elkouss, Martin, arXiv:1205.5729).
 * Leak: checks less punctured bits (no two punctured positions meet in a check, so each hides one check exactly),
 * and one for each bit revealed. Requests are checked before anything is computed from the key.
 */
import { concatBytes, packBits, unpackBits } from '../bits'
import type { AliceReconciler } from '../reconciler'
import type { CodeTable } from './code-table'
import { frameHash } from './frame-hash'
import { layFrames, type Frame } from './frame-layout'
import { MAX_LDPC_BITS, planFrames } from './frame-plan'
import { interleaving } from './interleaving'
import {
  decodeRequest,
  HASH_BITS,
  RATE_UNIT,
  type CompareRequest,
  type OpenRequest,
  type Revelation,
} from './ldpc-wire'

/** Her copy of a frame. */
interface OwnFrame {
  frame: Frame
  keyBits: Uint8Array
  private: Uint8Array
  /** Punctured bits revealed so far. */
  revealed: number
  /** Key bits given so far, by place. */
  given: Uint8Array
}

/** Comparisons that she answers: one for each retry that the engine allows, and one more. */
const MAX_COMPARISONS = 4

export class LdpcAlice implements AliceReconciler {
  readonly #bits: Uint8Array
  readonly #codes: CodeTable
  readonly #random: (bytes: number) => Uint8Array
  #frames: OwnFrame[] | null = null
  #disclosed = 0
  #comparisons = 0

  /**
   * @param bits her sifted key as a bit array; @param codes the public table; @param random bytes of the operating
   * system's generator. @throws when the key is longer than 1e8 bits.
   */
  constructor(bits: Uint8Array, codes: CodeTable, random: (bytes: number) => Uint8Array) {
    if (bits.length > MAX_LDPC_BITS) {
      throw new Error(`LDPC: ${bits.length} bits are too many; split at ${MAX_LDPC_BITS}`)
    }
    this.#bits = bits
    this.#codes = codes
    this.#random = random
  }

  get disclosed(): number {
    return this.#disclosed
  }

  answer(bytes: Uint8Array): Uint8Array {
    const request = decodeRequest(bytes)
    if (request.kind === 'open') return this.#open(request)
    if (request.kind === 'compare') return this.#compare(request)
    if (request.kind === 'disclose') return this.#disclose(request.frames)
    return this.#reveal(request.frames)
  }

  erase(): void {
    for (const own of this.#frames ?? []) {
      own.keyBits.fill(0)
      own.private.fill(0)
    }
  }

  #open({ n, rate_ppm, seed }: OpenRequest): Uint8Array {
    if (n !== this.#bits.length) refuse(`it is for ${n} bits, the key has ${this.#bits.length}`)
    if (this.#frames) refuse('the syndromes were sent before')
    const shapes = planFrames(n, rate_ppm * RATE_UNIT, this.#codes)
    const order = interleaving(n, seed)
    this.#frames = layFrames(shapes, this.#codes).map((frame) => this.#take(frame, order))
    const syndromes = this.#frames.map((own) => syndromeOf(own))
    this.#frames.forEach(({ frame }) => {
      this.#disclosed += frame.code.checks - frame.shape.punctured
    })
    return packBits(concatBytes(...syndromes))
  }

  #take(frame: Frame, order: Uint32Array): OwnFrame {
    const { keyBits, punctured } = frame.shape
    const own = Uint8Array.from({ length: keyBits }, (_, i) => this.#bits[order[frame.start + i]])
    const bytes = Math.ceil(punctured / 8)
    const fresh = unpackBits(this.#random(bytes), 8 * bytes)
    const given = new Uint8Array(keyBits)
    return { frame, keyBits: own, private: fresh.slice(0, punctured), revealed: 0, given }
  }

  #reveal(wanted: Revelation[]): Uint8Array {
    const frames = this.#opened()
    const owners = wanted.map((one) => ownerOf(frames, one.frame))
    if (new Set(owners).size !== owners.length) refuse('it names a frame twice')
    wanted.forEach((one, i) => checkRevelation(owners[i], one))
    const bits = wanted.map((one, i) => reveal(owners[i], one))
    return this.#given(concatBytes(...bits))
  }

  #disclose(wanted: number[]): Uint8Array {
    const owners = wanted.map((frame) => ownerOf(this.#opened(), frame))
    for (const { given } of owners) given.fill(1)
    return this.#given(concatBytes(...owners.map(({ keyBits }) => keyBits)))
  }

  #given(bits: Uint8Array): Uint8Array {
    this.#disclosed += bits.length
    return packBits(bits)
  }

  #compare({ seed }: CompareRequest): Uint8Array {
    const frames = this.#opened()
    if (++this.#comparisons > MAX_COMPARISONS) refuse('frames were compared often enough')
    this.#disclosed += HASH_BITS * frames.length
    return concatBytes(...frames.map(({ keyBits }) => frameHash(keyBits, seed)))
  }

  #opened(): OwnFrame[] {
    return this.#frames ?? refuse('no syndromes were asked for yet')
  }
}

function syndromeOf({ frame, keyBits, private: fresh }: OwnFrame): Uint8Array {
  const word = new Uint8Array(frame.code.length)
  frame.key.forEach((place, i) => (word[place] = keyBits[i]))
  frame.punctured.forEach((place, i) => (word[place] = fresh[i]))
  const syndrome = frame.code.syndrome(word)
  word.fill(0)
  return syndrome
}

function ownerOf(frames: OwnFrame[], index: number): OwnFrame {
  return frames[index] ?? refuse(`there is no frame ${index}`)
}

function checkRevelation(own: OwnFrame, { frame, punctured, places }: Revelation): void {
  const left = own.private.length - own.revealed
  if (punctured > left) refuse(`${punctured} punctured bits asked of frame ${frame}, ${left} left`)
  for (const place of places) {
    if (place >= own.keyBits.length) refuse(`frame ${frame} has no key bit ${place}`)
    if (own.given[place]) refuse(`key bit ${place} of frame ${frame} was given before`)
  }
}

function reveal(own: OwnFrame, { punctured, places }: Revelation): Uint8Array {
  const from = own.revealed
  own.revealed += punctured
  for (const place of places) own.given[place] = 1
  const bits = Uint8Array.from(places, (place) => own.keyBits[place])
  return concatBytes(own.private.slice(from, own.revealed), bits)
}

function refuse(why: string): never {
  throw new Error(`LDPC request refused: ${why}`)
}
