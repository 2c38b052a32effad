/**
 * Deterministic construction of a quasi-cyclic parity-check matrix from degrees and a seed.
 * References: progressive edge growth, Hu, Eleftheriou, Arnold, IEEE Trans. Inf. Theory 51, 386 (2005);
 * zigzag of degree-2 columns, Richardson, Shokrollahi, Urbanke (2001); the weight of a cycle follows the
 * approximate cycle extrinsic degree of Tian et al., IEEE Trans. Commun. 52, 1242 (2004).
 * Symbols: the base matrix has `rows` x `columns` blocks; block (r, c) with shift s joins check i of row r to
 * position (i + s) mod Z of column c. Columns of degree 2 join rows i and i + 1, so that they close no cycle.
 * Limits: at the high rates cycles of length 6 through columns of high degree cannot be avoided; they are made few.
 */
import { ShiftSearch } from './shift-search'

/** What fixes a code. */
export interface CodePlan {
  /** Base rows (checks / Z). */
  rows: number
  /** Degree of each base column, ascending. */
  degrees: number[]
  /** Largest lifting size; shifts are below it, and smaller powers of two take them modulo Z. */
  lifting: number
  seed: number
}

/** One block of the base matrix. */
export interface BaseEdge {
  row: number
  column: number
  shift: number
}

/** @returns the blocks, column by column; @throws when a degree exceeds the rows or degree-2 columns form a cycle. */
export function constructCode(plan: CodePlan): BaseEdge[] {
  const { rows, degrees, lifting, seed } = plan
  checkDegrees(rows, degrees)
  const draw = seededWords(seed)
  const rowDegrees = new Array<number>(rows).fill(0)
  const search = new ShiftSearch(rows, lifting)
  return degrees.flatMap((degree, column) => {
    const chosen = degree === 2 ? [column, column + 1] : lightestRows(rowDegrees, degree, draw)
    for (const row of chosen) rowDegrees[row]++
    const shifts = search.place(chosen, draw)
    return chosen.map((row, i) => ({ row, column, shift: shifts[i] }))
  })
}

function checkDegrees(rows: number, degrees: number[]): void {
  const twos = degrees.filter((degree) => degree === 2).length
  const ascending = degrees.every((degree, i) => i === 0 || degree >= degrees[i - 1])
  if (ascending && twos < rows && degrees.every((degree) => degree >= 2 && degree <= rows)) return
  throw new Error(
    `Constructing a code of ${rows} rows: degrees must ascend from 2 to ${rows}, fewer than ${rows} of them 2`,
  )
}

/** The rows of lowest degree, ties at random. */
function lightestRows(rowDegrees: number[], count: number, draw: () => number): number[] {
  const ranked = rowDegrees.map((degree, row) => ({ row, rank: degree + draw() / 2 ** 32 }))
  ranked.sort((a, b) => a.rank - b.rank)
  return ranked.slice(0, count).map(({ row }) => row)
}

/** Seeded words (Marsaglia's xorshift32): a table, not a secret, is drawn from them. */
export function seededWords(seed: number): () => number {
  let state = seed | 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
