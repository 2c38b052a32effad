/** Which bits of a block are gone: sorted, merged, never overlapping ranges. */
import { ReusedKey } from './key-error'

export interface Range {
  offset: number
  length: number
}

/** A range of a named block, as two holders tell each other which key they mean. */
export interface Piece extends Range {
  blockId: string
}

/** Total length of ranges, bits. */
export const totalBits = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, range) => sum + range.length, 0)

/** What is left of a block, in order. */
export function freeRanges(length_bits: number, gone: readonly Range[]): Range[] {
  const free: Range[] = []
  let at = 0
  for (const range of [...gone, { offset: length_bits, length: 0 }]) {
    if (range.offset > at) free.push({ offset: at, length: range.offset - at })
    at = range.offset + range.length
  }
  return free
}

/**
 * Marks a range as gone.
 * @throws ReusedKey when the range leaves the block or meets one that is gone already.
 */
export function markGone(block: string, length_bits: number, gone: Range[], piece: Range): Range[] {
  const fits = freeRanges(length_bits, gone).some(
    (free) =>
      piece.offset >= free.offset && piece.offset + piece.length <= free.offset + free.length,
  )
  if (!fits || !(piece.length > 0) || !Number.isInteger(piece.offset + piece.length))
    throw new ReusedKey(
      `Key range ${piece.offset}+${piece.length} of block ${block} (${length_bits} bits) is not there or was used before.`,
      'A key bit serves once: ask the other end for a fresh range.',
    )
  return merge([...gone, { offset: piece.offset, length: piece.length }])
}

function merge(ranges: Range[]): Range[] {
  const merged: Range[] = []
  for (const range of ranges.sort((a, b) => a.offset - b.offset)) {
    const last = merged.at(-1)
    if (last && last.offset + last.length === range.offset) last.length += range.length
    else merged.push({ ...range })
  }
  return merged
}
