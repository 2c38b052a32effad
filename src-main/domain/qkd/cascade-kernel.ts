/** A frame of Cascade in the memory of a WebAssembly kernel; takes the same steps as the plain twin. */
import { MAX_FRAME_BITS, PlainFrame, type CascadeFrame } from './cascade-frame'
import type { PassWords } from './cascade-permutation'

/** Exports of `kernels/cascade.ts`. One instance serves one party: her key and his never share a memory. */
export interface CascadeKernel {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** Address where keys (one bit a byte) and packed differences are handed over. */
  input(): number
  /** Address where packed parities are handed back. */
  output(): number
  /** Whether the first n bytes of the input are all 0 or 1. */
  holdsBits(n: number): number
  /** Makes a frame of the n bytes in the input; 0 when memory is short. */
  create(n: number, corrects: number): number
  plan(frame: number, blockLength: number, offset: number, a: number, b: number): number
  schedule(frame: number): number
  pending(frame: number): number
  corrections(frame: number): number
  parities(frame: number): void
  differ(frame: number): void
  advance(frame: number): number
  unpackKey(frame: number): void
  /** Overwrites the first bytes of the input. */
  wipe(bytes: number): void
  /** Overwrites a frame; memory is used again once all frames of the instance were released. */
  release(frame: number): void
}

/** A frame of these bits, in the kernel if there is one. @throws when the kernel's memory is short. */
export const createFrame = (
  bits: Uint8Array,
  corrects: boolean,
  kernel?: CascadeKernel,
): CascadeFrame =>
  kernel ? new KernelFrame(kernel, bits, corrects) : new PlainFrame(bits, corrects)

class KernelFrame implements CascadeFrame {
  readonly #kernel: CascadeKernel
  readonly #n: number
  readonly #frame: number
  /** The kernel's memory, seen anew when it has grown: a view a message would cost more than the halving. */
  #memory: Uint8Array

  constructor(kernel: CascadeKernel, bits: Uint8Array, corrects: boolean) {
    if (bits.length > MAX_FRAME_BITS) {
      throw new Error(`Cascade kernel: ${bits.length} bits in a frame; cut at ${MAX_FRAME_BITS}`)
    }
    this.#kernel = kernel
    this.#n = bits.length
    this.#memory = new Uint8Array(kernel.memory.buffer)
    this.#hand(bits)
    const valid = kernel.holdsBits(bits.length) !== 0
    this.#frame = valid ? kernel.create(bits.length, corrects ? 1 : 0) : 0
    if (this.#frame !== 0) return
    kernel.wipe(bits.length)
    if (!valid) throw new Error(`Cascade kernel: a frame of ${bits.length} has values but 0 and 1`)
    throw new Error(`Cascade kernel: no memory for a frame of ${bits.length} bits; free some`)
  }

  get pending(): number {
    return this.#kernel.pending(this.#frame)
  }

  get corrections(): number {
    return this.#kernel.corrections(this.#frame)
  }

  plan(blockLength: number, { offset, a, b }: PassWords): void {
    if (this.#kernel.plan(this.#frame, blockLength, offset, a, b)) return
    throw new Error(`Cascade kernel: no room for a pass with blocks of ${blockLength}`)
  }

  schedule(): boolean {
    return this.#kernel.schedule(this.#frame) !== 0
  }

  parities(): Uint8Array {
    this.#kernel.parities(this.#frame)
    return this.#taken(this.#kernel.output(), this.#pendingBytes())
  }

  differences(answer: Uint8Array): Uint8Array {
    this.#hand(answer)
    this.#kernel.differ(this.#frame)
    return this.#taken(this.#kernel.input(), this.#pendingBytes())
  }

  advance(differences: Uint8Array): boolean {
    this.#hand(differences)
    return this.#kernel.advance(this.#frame) !== 0
  }

  copyKey(target: Uint8Array): void {
    this.#kernel.unpackKey(this.#frame)
    const at = this.#kernel.input()
    target.set(this.#bytes().subarray(at, at + this.#n))
    this.#kernel.wipe(this.#n)
  }

  erase(): void {
    this.#kernel.release(this.#frame)
  }

  #pendingBytes(): number {
    return (this.pending + 7) >> 3
  }

  #hand(bytes: Uint8Array): void {
    this.#bytes().set(bytes, this.#kernel.input())
  }

  #taken(at: number, bytes: number): Uint8Array {
    return this.#bytes().slice(at, at + bytes)
  }

  #bytes(): Uint8Array {
    const { buffer } = this.#kernel.memory
    if (this.#memory.buffer !== buffer) this.#memory = new Uint8Array(buffer)
    return this.#memory
  }
}
