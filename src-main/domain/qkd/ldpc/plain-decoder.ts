/**
 * Layered belief propagation in 16-bit integers: the plain twin of src-main/kernels/ldpc.ts.
 * References: layered schedule, Hocevar, IEEE SiPS 2004; box-plus of magnitudes a <= b: a - L(b - a) + L(a + b) with
 * L(x) = ln(1 + exp(-x)), Hagenauer, Offer, Papke, IEEE Trans. Inf. Theory 42, 429 (1996); two magnitudes a check
 * ("A-min*"), Jones, Valles, Smith, Villasenor, IEEE MILCOM 2003: the least reliable edge gets the box-plus of the
 * others, each of the others that of all.
 * Scale: messages in 1/183.25, at most 2047; inside a check 16 times finer, where L(x) is taken as
 * (1 - x / 11.18)^8 ln 2, within 0.015 of ln(1 + exp(-x)) and never steeper than 1/2.
 * Limits: 15 edges a position (totals of 16 bits); errors below 1.4e-5 are not told apart.
 */
import { LIMIT, type FrameDecoder } from './frame-decoder'
import type { LiftedCode } from './lifted-code'

const ONE = 32767
const FINER = 4

export class PlainDecoder implements FrameDecoder {
  #messages = new Int16Array(0)
  #incoming = new Int16Array(0)
  #places = new Int32Array(0)

  decode(code: LiftedCode, totals: Int16Array, syndrome: Uint8Array, most: number): number {
    this.#messages = new Int16Array(code.edges * code.lifting)
    this.#incoming = new Int16Array(code.columns)
    this.#places = new Int32Array(code.columns)
    for (let done = 0; done < most; done++) {
      if (matches(code, totals, syndrome)) return done
      for (let row = 0; row < code.rows; row++) this.#updateRow(code, row, totals, syndrome)
    }
    return matches(code, totals, syndrome) ? most : -1
  }

  erase(): void {
    this.#messages.fill(0)
    this.#incoming.fill(0)
  }

  #updateRow(code: LiftedCode, row: number, totals: Int16Array, syndrome: Uint8Array): void {
    const { lifting, starts, blocks } = code
    const first = starts[row]
    const degree = starts[row + 1] - first
    for (let check = 0; check < lifting; check++) {
      for (let edge = 0; edge < degree; edge++) {
        const shift = blocks[2 * (first + edge) + 1]
        const column = blocks[2 * (first + edge)]
        this.#places[edge] = column * lifting + ((check + shift) & (lifting - 1))
      }
      const sent = first * lifting + check
      this.#updateCheck(totals, degree, sent, lifting, syndrome[row * lifting + check])
    }
  }

  #updateCheck(
    totals: Int16Array,
    degree: number,
    sent: number,
    stride: number,
    parity: number,
  ): void {
    const { least, rest, sign } = this.#gather(totals, degree, sent, stride)
    const all = rounded(boxPlus(rest, least << FINER))
    const others = rounded(rest)
    for (let edge = 0; edge < degree; edge++) {
      const value = this.#incoming[edge]
      const size = Math.abs(value) === least ? others : all
      const odd = parity ^ sign ^ (value < 0 ? 1 : 0)
      const message = odd ? -size : size
      this.#messages[sent + edge * stride] = message
      totals[this.#places[edge]] = value + message
    }
  }

  /** Least magnitude coming in, box-plus of the others, parity of the signs. */
  #gather(
    totals: Int16Array,
    degree: number,
    sent: number,
    stride: number,
  ): { least: number; rest: number; sign: number } {
    let least = LIMIT
    let rest = 0
    let sign = 0
    for (let edge = 0; edge < degree; edge++) {
      const value = totals[this.#places[edge]] - this.#messages[sent + edge * stride]
      this.#incoming[edge] = value
      if (value < 0) sign ^= 1
      const size = Math.min(Math.abs(value), LIMIT)
      const larger = Math.max(least, size) << FINER
      least = Math.min(least, size)
      rest = edge > 1 ? boxPlus(rest, larger) : larger
    }
    return { least, rest, sign }
  }
}

function matches(code: LiftedCode, totals: Int16Array, syndrome: Uint8Array): boolean {
  const decisions = new Uint8Array(totals.length)
  for (let i = 0; i < totals.length; i++) decisions[i] = totals[i] < 0 ? 1 : 0
  return code.syndrome(decisions).every((parity, check) => parity === syndrome[check])
}

/** Magnitude of the box-plus of two magnitudes, finer scale. */
function boxPlus(a: number, b: number): number {
  const lower = Math.min(a, b)
  const upper = Math.max(a, b)
  const gain = correction(upper - lower) - correction(Math.min(upper + lower, ONE))
  return Math.max(lower - (gain >> 5), 0)
}

/** L(x) in units of ln 2 / 65025 or so. */
function correction(x: number): number {
  const line = (ONE - x) >> 7
  const square = (line * line) >> 8
  const fourth = (square * square) >> 8
  return fourth * fourth
}

const rounded = (x: number): number => (x + 8) >> FINER
