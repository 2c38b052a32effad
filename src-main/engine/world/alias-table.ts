/**
 * Draws one of a few outcomes with given weights from one 32-bit word.
 * Reference: Walker's alias method, ACM TOMS 3, 253 (1977), tables after Vose, IEEE TSE 17, 972 (1991). The low bits
 * choose a column, the others decide between its own outcome and its alias: to 2^-26 for up to 64 outcomes.
 */
export class AliasTable {
  private readonly mask: number
  private readonly shift: number
  private readonly threshold: Int32Array
  private readonly alias: Uint8Array

  /** @param weights not negative, not all zero, at most 64. */
  constructor(weights: ArrayLike<number>) {
    this.shift = Math.ceil(Math.log2(Math.max(4, weights.length)))
    const columns = 1 << this.shift
    this.mask = columns - 1
    this.threshold = new Int32Array(columns)
    this.alias = new Uint8Array(columns)
    this.fill(weights, columns)
  }

  /** The outcome of a uniform word. */
  at(word: number): number {
    const column = word & this.mask
    const alias = this.alias[column]
    // All ones where the column's own outcome stands: no branch, which no processor could guess.
    const own = ((word >>> this.shift) - this.threshold[column]) >> 31
    return alias ^ ((alias ^ column) & own)
  }

  private fill(weights: ArrayLike<number>, columns: number): void {
    const sum = Array.from(weights).reduce((total, weight) => total + weight, 0)
    const height = Float64Array.from(
      { length: columns },
      (_, i) => ((weights[i] ?? 0) / sum) * columns,
    )
    const all = Array.from(height, (_, i) => i)
    const open = new Set(all)
    const short = all.filter((i) => height[i] < 1)
    const tall = all.filter((i) => height[i] >= 1)
    for (let i = short.pop(); i !== undefined && tall.length > 0; i = short.pop()) {
      const donor = tall[tall.length - 1]
      this.put(i, height[i], donor)
      open.delete(i)
      height[donor] -= 1 - height[i]
      if (height[donor] < 1) short.push(...tall.splice(-1))
    }
    for (const i of open) this.put(i, 1, i)
  }

  private put(column: number, share: number, alias: number): void {
    this.threshold[column] = Math.round(share * 2 ** (32 - this.shift))
    this.alias[column] = alias
  }
}
