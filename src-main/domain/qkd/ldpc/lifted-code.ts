/**
 * A quasi-cyclic parity-check matrix at one lifting size Z: check i of base row r joins position
 * (i + shift) mod Z of each base column in that row.
 */
import type { CodeEntry } from './code-table'

/** An odd number near 2^32 / golden ratio: j * SPREAD mod Z visits 0..Z-1 evenly. */
const SPREAD = 0x9e3779b1

export class LiftedCode {
  readonly rows: number
  readonly columns: number
  readonly lifting: number
  /** First block of each base row, and the number of blocks at the end. */
  readonly starts: Int32Array
  /** Blocks row by row: column, shift. */
  readonly blocks: Int32Array
  /** Base columns of degree 2 or 3 no two of which share a row, lowest degree first. */
  readonly #untainted: number[]

  /** @throws unless the lifting size is a power of two from 16 to the code's own. */
  constructor(entry: CodeEntry, lifting: number) {
    if (lifting < 16 || lifting > entry.lifting || (lifting & (lifting - 1)) !== 0) {
      throw new Error(
        `Lifting an LDPC code: size ${lifting} is no power of two from 16 to ${entry.lifting}`,
      )
    }
    this.rows = entry.rows
    this.columns = entry.columns
    this.lifting = lifting
    const rows = blocksByRow(entry, lifting)
    this.starts = new Int32Array(entry.rows + 1)
    rows.forEach((row, r) => (this.starts[r + 1] = this.starts[r] + row.length / 2))
    this.blocks = Int32Array.from(rows.flat())
    this.#untainted = untaintedColumns(entry)
  }

  /** Positions, n. */
  get length(): number {
    return this.columns * this.lifting
  }

  /** Checks, M. */
  get checks(): number {
    return this.rows * this.lifting
  }

  /** Blocks of the base matrix. */
  get edges(): number {
    return this.blocks.length / 2
  }

  /** Positions that can be punctured without two of them meeting in a check. */
  get puncturable(): number {
    return this.#untainted.length * this.lifting
  }

  /**
   * The first `count` positions to puncture (untainted puncturing: Elkouss, Martinez-Mateo, Martin, IEEE Wireless
   * Commun. Lett. 1, 585 (2012)). No check sees two of them, so their columns are linearly independent, and each
   * private bit there hides one bit of the syndrome exactly.
   * @throws when there are fewer.
   */
  punctured(count: number): Int32Array {
    if (count > this.puncturable) {
      throw new Error(`Puncturing an LDPC code: ${count} of ${this.puncturable} positions asked`)
    }
    const columns = this.#untainted
    return Int32Array.from({ length: count }, (_, k) => {
      const offset = Math.imul(Math.floor(k / columns.length), SPREAD) & (this.lifting - 1)
      return columns[k % columns.length] * this.lifting + offset
    })
  }

  /** Parities of all checks, for a bit array of n positions. */
  syndrome(word: Uint8Array): Uint8Array {
    const parities = new Uint8Array(this.checks)
    for (let row = 0; row < this.rows; row++) {
      const own = parities.subarray(row * this.lifting, (row + 1) * this.lifting)
      for (let edge = this.starts[row]; edge < this.starts[row + 1]; edge++) {
        this.#add(own, word, this.blocks[2 * edge], this.blocks[2 * edge + 1])
      }
    }
    return parities
  }

  #add(parities: Uint8Array, word: Uint8Array, column: number, shift: number): void {
    const start = column * this.lifting
    const turn = this.lifting - shift
    for (let i = 0, at = start + shift; i < turn; i++, at++) parities[i] ^= word[at]
    for (let i = turn, at = start; i < this.lifting; i++, at++) parities[i] ^= word[at]
  }
}

function blocksByRow(entry: CodeEntry, lifting: number): number[][] {
  const rows = Array.from({ length: entry.rows }, (): number[] => [])
  entry.blocks.forEach((column, c) => {
    for (let i = 0; i < column.length; i += 2) {
      rows[column[i]].push(c, column[i + 1] & (lifting - 1))
    }
  })
  return rows
}

function untaintedColumns({ blocks }: CodeEntry): number[] {
  const taken = new Set<number>()
  const chosen: number[] = []
  blocks.forEach((column, c) => {
    const rows = column.filter((_, i) => i % 2 === 0)
    if (rows.length > 3 || rows.some((row) => taken.has(row))) return
    for (const row of rows) taken.add(row)
    chosen.push(c)
  })
  return chosen
}
