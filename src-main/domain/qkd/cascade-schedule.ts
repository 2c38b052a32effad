/**
 * How long the blocks of each Cascade pass are. Powers of two halve evenly, which alone saves half a percent of
 * leak. First blocks of 0.6/q to 1.2/q and second ones of about 8/q are a compromise found by measurement
 * (n = 2^20, errors of 1-11 %): longer ones leak up to half a percent less, at up to six times the rounds; first
 * ones shorter than 0.6/q leak one or two percent more. Later passes only look for what is left.
 */

import { MAX_PASSES } from './cascade-frame'

const PASSES = 5
const THIRD_BLOCK_BITS = 4096
const LATE_BLOCK_BITS = 16_384
/** Two errors that are left meet again in all of the later passes once in thousands of times. */
const FEWEST_LATE_BLOCKS = 16
const FEWEST_BLOCKS = 4
/** A retry finds a remaining pair of errors 63 times in 64. */
const RETRY_BLOCKS = 64

/**
 * Block length of each pass over frames of n bits.
 * @param errorRate estimated error rate, clamped to 0.001..0.25; NaN throws, as do more than 32 passes or none.
 */
export function blockLengths(n: number, errorRate: number, passes = PASSES): number[] {
  if (Number.isNaN(errorRate)) throw new Error('Cascade: the estimated error rate is not a number')
  if (!Number.isInteger(passes) || passes < 1 || passes > MAX_PASSES) {
    throw new Error(`Cascade: ${passes} passes asked for; 1 to ${MAX_PASSES} can be planned`)
  }
  const q = Math.min(0.25, Math.max(0.001, errorRate))
  const first = 2 ** Math.floor(Math.log2(1.2 / q))
  const second = 2 ** Math.round(Math.log2(8 / q))
  const upTo = (blocks: number) => Math.max(1, Math.ceil(n / blocks))
  const late = (length: number) => Math.min(length, upTo(FEWEST_LATE_BLOCKS))
  const longest = upTo(FEWEST_BLOCKS)
  const planned = [Math.min(first, longest), Math.min(second, longest), late(THIRD_BLOCK_BITS)]
  while (planned.length < passes) planned.push(late(LATE_BLOCK_BITS))
  return planned.slice(0, passes)
}

/** Block length of a pass after a failed verification. */
export const retryLength = (n: number): number => Math.max(1, Math.ceil(n / RETRY_BLOCKS))
