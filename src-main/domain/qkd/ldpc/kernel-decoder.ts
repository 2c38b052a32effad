/** The WebAssembly kernel as a decoder of frames. */
import type { FrameDecoder } from './frame-decoder'
import type { LiftedCode } from './lifted-code'

/** Exports of src-main/kernels/ldpc.ts; addresses are in bytes. */
export interface LdpcKernel {
  memory: { buffer: ArrayBuffer }
  /** Lays out the memory for a code; addresses are valid afterwards. */
  reserve(rows: number, columns: number, edges: number, lifting: number): void
  startsAt(): number
  blocksAt(): number
  totalsAt(): number
  syndromeAt(): number
  decode(most: number): number
  erase(): void
}

export class KernelDecoder implements FrameDecoder {
  readonly #kernel: LdpcKernel
  #loaded: LiftedCode | null = null

  constructor(kernel: LdpcKernel) {
    this.#kernel = kernel
  }

  decode(code: LiftedCode, totals: Int16Array, syndrome: Uint8Array, most: number): number {
    if (this.#loaded !== code) this.#load(code)
    const { buffer } = this.#kernel.memory
    const own = new Int16Array(buffer, this.#kernel.totalsAt(), code.length)
    const wanted = new Int16Array(buffer, this.#kernel.syndromeAt(), code.checks)
    own.set(totals)
    for (let i = 0; i < wanted.length; i++) wanted[i] = -syndrome[i]
    const iterations = this.#kernel.decode(most)
    totals.set(own)
    return iterations
  }

  erase(): void {
    if (this.#loaded) this.#kernel.erase()
  }

  #load(code: LiftedCode): void {
    if (this.#loaded) this.#kernel.erase()
    this.#kernel.reserve(code.rows, code.columns, code.edges, code.lifting)
    const { buffer } = this.#kernel.memory
    new Int32Array(buffer, this.#kernel.startsAt(), code.rows + 1).set(code.starts)
    new Int32Array(buffer, this.#kernel.blocksAt(), 2 * code.edges).set(code.blocks)
    this.#loaded = code
  }
}
