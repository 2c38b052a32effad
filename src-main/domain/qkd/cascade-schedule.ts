/**
 * How many blocks each Cascade pass has. A compromise found by measurement (n = 1e5..1e6, errors of 0.5-5 %):
 * first blocks of 0.8/q and second ones ten times as long leave few odd blocks that back-tracking would have
 * settled, so that halving them all at once costs little efficiency and saves most round trips of the variants
 * with longer second blocks. Later passes only look for what is left.
 */

/** Blocks of a pass added after a failed verification: finds a remaining pair of errors 63 times in 64. */
export const EXTRA_BLOCKS = 64

const PASSES = 5
const THIRD_BLOCK_BITS = 4096
const LATE_BLOCK_BITS = 16_384
const FEWEST_LATE_BLOCKS = 4

/**
 * Blocks per pass for n bits.
 * @param errorRate estimated error rate, clamped to 0.001..0.25; NaN throws.
 */
export function blockCounts(n: number, errorRate: number, passes = PASSES): number[] {
  if (Number.isNaN(errorRate)) throw new Error('Cascade: the estimated error rate is not a number')
  if (n === 0) return []
  const q = Math.min(0.25, Math.max(0.001, errorRate))
  const late = (bits: number) => Math.max(FEWEST_LATE_BLOCKS, Math.ceil(n / bits))
  const lateBlocks = Math.min(EXTRA_BLOCKS, late(LATE_BLOCK_BITS))
  const planned = [n * (q / 0.8), n * (q / 8), late(THIRD_BLOCK_BITS)]
  while (planned.length < passes) planned.push(lateBlocks)
  return planned.slice(0, passes).map((blocks) => Math.min(n, Math.ceil(blocks)))
}
