/**
 * Bob's side of Cascade (Brassard, Salvail 1993; variants: Martinez-Mateo et al., arXiv:1407.3257): he asks for
 * parities and corrects his bits. Each message halves all odd nodes of one size in one pass; the smallest waiting
 * nodes go first, so that a correction is used in all passes before larger blocks are asked about. Nodes of two
 * passes are never halved at once: they might hold the same error. What follows from known parities is not asked.
 */
import { unpackBits } from './bits'
import { MAX_CASCADE_BITS, PassBlocks } from './cascade-blocks'
import { BobPass } from './cascade-pass'
import { blockCounts, EXTRA_BLOCKS } from './cascade-schedule'
import { encodeRequest, requestedParities } from './cascade-wire'
import type { CascadeRequest, HalveRequest } from './cascade-wire'

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

interface PlannedPass {
  blocks: number
  seed: Uint32Array
}

export class CascadeBob {
  readonly #bits: Uint8Array
  readonly #passes: BobPass[] = []
  readonly #planned: PlannedPass[]
  #pending: CascadeRequest | null = null
  #total = 0
  /** Pass being halved. */
  #current = 0
  #corrections = 0
  #halvings = 0
  #disclosed = 0

  /** @param bits his sifted key as a bit array (copied); @throws when it is longer than 2^26 bits. */
  constructor(bits: Uint8Array, options: CascadeOptions) {
    if (bits.length > MAX_CASCADE_BITS) {
      throw new Error(`Cascade: ${bits.length} bits are too many; split at ${MAX_CASCADE_BITS}`)
    }
    this.#bits = bits.slice()
    const counts = blockCounts(bits.length, options.errorRate, options.passes)
    this.#planned = counts.map((blocks) => ({ blocks, seed: options.seed }))
  }

  /** Bits corrected so far. */
  get corrections(): number {
    return this.#corrections
  }

  /** Parities that Alice's answers disclosed so far; equals Alice's own count. */
  get disclosed(): number {
    return this.#disclosed
  }

  /** The next request, or null when all passes are done; @throws while an answer is outstanding. */
  next(): Uint8Array | null {
    if (this.#pending) throw new Error('Cascade: the last request has not been answered yet')
    this.#pending = this.#halveNext() ?? this.#openNext()
    return this.#pending && encodeRequest(this.#pending)
  }

  /**
   * Takes Alice's answer to the last request.
   * @throws Error when its length is wrong; ReconciliationFailed when it contradicts earlier answers.
   */
  accept(answer: Uint8Array): void {
    const request = this.#pending
    if (!request) throw new Error('Cascade: an answer came that nobody asked for')
    const count = requestedParities(request)
    const parities = unpackBits(answer, count)
    this.#pending = null
    this.#disclosed += count
    if (request.kind === 'halve') this.#halvings += count
    if (this.#halvings > 2 * this.#bits.length) {
      throw new ReconciliationFailed(
        'Cascade: the parities lead nowhere; two for each bit were asked',
      )
    }
    if (request.kind === 'open') this.#opened(request.pass, parities)
    else this.#halved(request, parities)
  }

  /** The key as corrected so far, as it stands: no copy that would outlive `erase`. */
  corrected(): Uint8Array {
    return this.#bits
  }

  /** Overwrites his copy of the key and what was computed from it. */
  erase(): void {
    this.#bits.fill(0)
    for (const pass of this.#passes) pass.erase()
  }

  /** Plans more passes with fresh permutations, after a failed verification. */
  extraPasses(count: number, freshSeed: Uint32Array): void {
    const blocks = Math.min(EXTRA_BLOCKS, this.#bits.length)
    if (blocks === 0) return
    for (let i = 0; i < count; i++) this.#planned.push({ blocks, seed: freshSeed })
  }

  #openNext(): CascadeRequest | null {
    const pass = this.#passes.length
    const planned = this.#planned[pass]
    if (!planned) return null
    const n = this.#bits.length
    const { blocks, seed } = planned
    this.#passes.push(new BobPass(new PassBlocks(n, blocks, pass, seed), this.#bits))
    return { kind: 'open', pass, n, blocks, seed: seed.subarray(0, 4) }
  }

  #opened(pass: number, parities: Uint8Array): void {
    const known = this.#passes[pass]
    const { layout } = known
    const sum = parities.reduce((total, parity) => total ^ parity, 0)
    if (pass === 0) this.#total = sum
    for (let block = 0; block < layout.blocks; block++) {
      const alice = block < parities.length ? parities[block] : this.#total ^ sum
      const bob = known.parity(layout.start(0, block), layout.start(0, block + 1))
      this.#settle(known, 0, block, alice ^ bob)
    }
  }

  /** All odd nodes waiting in one pass: the present one to its end, then the one with the smallest node. */
  #halveNext(): HalveRequest | null {
    for (;;) {
      const groups = this.#passes[this.#current]?.takeWaiting() ?? []
      if (groups.length > 0) return { kind: 'halve', pass: this.#current, groups }
      const pass = this.#passWithSmallest()
      if (pass === null) return null
      this.#current = pass
    }
  }

  #passWithSmallest(): number | null {
    let best: number | null = null
    let most = 0
    this.#passes.forEach((known, pass) => {
      const count = known.finestWaiting()
      if (count <= most) return
      most = count
      best = pass
    })
    return best
  }

  #halved({ pass, groups }: HalveRequest, parities: Uint8Array): void {
    const known = this.#passes[pass]
    let at = 0
    for (const { depth, nodes } of groups) {
      for (const node of nodes) this.#descend(known, depth, node, parities[at++])
    }
  }

  /** Replaces a node by its halves, the left one's parity at Alice being known now. */
  #descend(known: BobPass, depth: number, node: number, alice: number): void {
    const { layout } = known
    const from = layout.start(depth, node)
    const odd = alice ^ known.parity(from, layout.start(depth + 1, 2 * node + 1))
    known.split(depth, node)
    this.#settle(known, depth + 1, odd ? 2 * node : 2 * node + 1, 1)
  }

  /** A node's difference has become known; a single odd position is an error found. */
  #settle(known: BobPass, depth: number, node: number, odd: number): void {
    known.setDifference(depth, node, odd)
    if (!odd || known.layout.size(depth, node) > 1) return
    this.#correct(known.layout.place(known.layout.start(depth, node)))
  }

  #correct(place: number): void {
    this.#bits[place] ^= 1
    this.#corrections++
    for (const pass of this.#passes) {
      if (pass.flip(place)) continue
      throw new ReconciliationFailed(`Cascade: parities for bit ${place} contradict each other`)
    }
  }
}
