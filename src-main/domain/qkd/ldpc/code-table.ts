/**
 * The table of mother codes, as `resources/codes/ldpc.json` holds it: each follows from its degrees and seed by
 * `constructCode`; the table spares both parties the search. It is public and the same on both sides.
 */

/** One quasi-cyclic mother code. */
export interface CodeEntry {
  /** Base rows and columns: Z times as many checks and positions. */
  rows: number
  columns: number
  /** Largest lifting size, a power of two. */
  lifting: number
  seed: number
  /** (degree, number of base columns), degrees ascending. */
  degrees: [number, number][]
  /** For each base column: row, shift, row, shift, ... */
  blocks: number[][]
}

export interface CodeTable {
  codes: CodeEntry[]
}

/** Totals of 16 bits hold a prior and 15 messages of 11 bits. */
const MAX_DEGREE = 15
const MAX_LIFTING = 4096

/** Checks a parsed table; @throws Error naming the code and what is wrong with it. */
export function readCodeTable(value: unknown): CodeTable {
  const codes = (value as Partial<CodeTable> | null)?.codes
  if (!Array.isArray(codes) || codes.length === 0) {
    throw new Error('Reading the LDPC code table: it holds no codes; restore resources/codes')
  }
  codes.forEach((code, i) => checkCode(code, i))
  return { codes }
}

function checkCode(code: CodeEntry, index: number): void {
  const { rows, columns, lifting, blocks } = code
  const sizes = [rows, columns, lifting].every((size) => Number.isInteger(size) && size > 0)
  if (!sizes || rows >= columns || lifting > MAX_LIFTING || (lifting & (lifting - 1)) !== 0) {
    refuse(index, `${rows} rows, ${columns} columns, lifting size ${lifting} make no code`)
  }
  if (!Array.isArray(blocks) || blocks.length !== columns) refuse(index, 'columns are missing')
  blocks.forEach((column, c) => checkColumn(column, c, code, index))
}

function checkColumn(column: number[], c: number, code: CodeEntry, index: number): void {
  const degree = Array.isArray(column) ? column.length / 2 : 0
  if (!Number.isInteger(degree) || degree < 2 || degree > MAX_DEGREE) {
    refuse(index, `column ${c} has degree ${degree}, 2 to ${MAX_DEGREE} can be decoded`)
  }
  const rows = column.filter((_, i) => i % 2 === 0)
  const inside = column.every((number, i) => {
    const limit = i % 2 === 0 ? code.rows : code.lifting
    return Number.isInteger(number) && number >= 0 && number < limit
  })
  if (inside && new Set(rows).size === rows.length) return
  refuse(index, `column ${c} names a row or shift outside the code, or a row twice`)
}

function refuse(index: number, why: string): never {
  throw new Error(`Reading the LDPC code table, code ${index}: ${why}; restore resources/codes`)
}
