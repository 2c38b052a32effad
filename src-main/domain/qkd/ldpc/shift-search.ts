/**
 * Search for the shift of one block: each candidate is charged for the short cycles it would close.
 * A cycle through columns of degrees d1, d2, ... weighs the product of 1 / (d - 1), as columns of high degree carry
 * information out of it. Heavy paths are followed to cycles of length 10, lighter ones to 6, the lightest to 4.
 */

interface Block {
  column: number
  row: number
  shift: number
}

/** The block whose shift is wanted: what candidates cost so far, and where its column's other blocks are. */
interface OpenBlock {
  costs: Float64Array
  /** Row -> shift of the column's block there, -1 for none. */
  closing: Int32Array
}

/** Charge of a cycle by its number of checks: 2 (length 4) to 5 (length 10). */
const CHARGES = [0, 0, 1e6, 100, 10, 1]
const LONGEST = 5
/** Weights below which a path is not followed to cycles of length 6, and to longer ones. */
const LIGHTEST = 1 / 128
const LIGHTEST_LONG = 1 / 16
/** Cycles of length 4 are avoided for every lifting size from this one up. */
const SMALLEST_LIFTING = 256

export class ShiftSearch {
  readonly #lifting: number
  readonly #byRow: Block[][]
  readonly #byColumn: Block[][] = []
  readonly #weights: number[] = []

  /** @param rows base rows; @param lifting largest lifting size, a power of two. */
  constructor(rows: number, lifting: number) {
    this.#lifting = lifting
    this.#byRow = Array.from({ length: rows }, () => [])
  }

  /** Chooses the shifts of the next column's blocks, one by one. */
  place(rows: number[], draw: () => number): number[] {
    const column = this.#byColumn.length
    const closing = new Int32Array(this.#byRow.length).fill(-1)
    this.#weights.push(1 / (rows.length - 1))
    const placed = rows.map((row) => {
      closing[row] = this.#cheapest(column, row, closing, draw)
      return { column, row, shift: closing[row] }
    })
    for (const block of placed) this.#byRow[block.row].push(block)
    this.#byColumn.push(placed)
    return placed.map(({ shift }) => shift)
  }

  #cheapest(column: number, row: number, closing: Int32Array, draw: () => number): number {
    const costs = new Float64Array(this.#lifting)
    this.#follow({ costs, closing }, row, column, 0, 2, this.#weights[column])
    const start = draw() % this.#lifting
    let best = start
    for (let i = 1; i < this.#lifting; i++) {
      const shift = (start + i) % this.#lifting
      if (costs[shift] < costs[best]) best = shift
    }
    return best
  }

  /** Walks on from check (row, at), reached by way of `from`; the next check is the cycle's `checks`-th. */
  #follow(
    open: OpenBlock,
    row: number,
    from: number,
    at: number,
    checks: number,
    weight: number,
  ): void {
    for (const leaving of this.#byRow[row]) {
      if (leaving.column === from) continue
      const heavier = weight * this.#weights[leaving.column]
      const go = checks < LONGEST && heavier >= (checks < 3 ? LIGHTEST : LIGHTEST_LONG)
      for (const entering of this.#byColumn[leaving.column]) {
        if (entering.row === row) continue
        const next = at + leaving.shift - entering.shift
        this.#charge(open, entering.row, next, checks, heavier)
        if (go) this.#follow(open, entering.row, leaving.column, next, checks + 1, heavier)
      }
    }
  }

  #charge(
    { costs, closing }: OpenBlock,
    row: number,
    at: number,
    checks: number,
    weight: number,
  ): void {
    if (closing[row] < 0) return
    const mask = this.#lifting - 1
    const shift = (at + closing[row]) & mask
    costs[shift] += CHARGES[checks] * weight
    if (checks > 2) return
    for (let i = shift % SMALLEST_LIFTING; i <= mask; i += SMALLEST_LIFTING) costs[i] += 1e5
  }
}
