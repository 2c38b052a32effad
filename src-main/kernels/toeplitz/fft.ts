/**
 * Sums of cyclic products of four sequences at once (times the length), by radix-4 transforms without reordering:
 * decimation in frequency forward, in time back (Gentleman, Sande, AFIPS 29, 563, 1966). One recursion does both
 * forward transforms, the product and, for the last product, the inverse, so that each part is finished while it is
 * in the cache. Reads and writes elements of `lanes.ts`; the factors are used up.
 */
import { multiplyFours, multiplyPairs } from './innermost'
import { ELEMENT } from './lanes'
import { cutInFour, joinFour } from './radix4'
import { FACTORS } from './twiddles'

/** Bytes of a sequence up to which the levels are done one after the other: both fit a first-level cache. */
const LEAF: usize = 16384

/**
 * Adds the transform of the cyclic product of a and b to `sum`, or sets it for the first product; makes the sum of
 * the products of it, unscaled, for the last. `bytes` of one sequence, a power of two of at least 128; for the first
 * product the sum may stand where a does.
 */
export function convolve(
  a: usize,
  b: usize,
  sum: usize,
  bytes: usize,
  twiddles: usize,
  first: bool,
  last: bool,
): void {
  if (bytes <= LEAF) {
    convolveLeaf(a, b, sum, bytes, twiddles, first, last)
    return
  }
  const quarter = bytes >> 2
  const next = twiddles + (quarter / ELEMENT) * FACTORS
  cutInFour(a, quarter, twiddles, quarter)
  cutInFour(b, quarter, twiddles, quarter)
  for (let i: usize = 0; i < bytes; i += quarter) {
    convolve(a + i, b + i, sum + i, quarter, next, first, last)
  }
  if (last) joinFour(sum, quarter, twiddles, quarter)
}

function convolveLeaf(
  a: usize,
  b: usize,
  sum: usize,
  bytes: usize,
  twiddles: usize,
  first: bool,
  last: bool,
): void {
  let size = bytes
  let factors = twiddles
  for (; size > 128; size >>= 2) {
    const quarter = size >> 2
    for (let i: usize = 0; i < bytes; i += size) {
      cutInFour(a + i, quarter, factors, quarter)
      cutInFour(b + i, quarter, factors, quarter)
    }
    factors += (quarter / ELEMENT) * FACTORS
  }
  if (size == 128) multiplyFours(a, b, sum, bytes, first, last)
  else multiplyPairs(a, b, sum, bytes, first, last)
  if (!last) return
  for (size <<= 2; size <= bytes; size <<= 2) {
    const quarter = size >> 2
    factors -= (quarter / ELEMENT) * FACTORS
    for (let i: usize = 0; i < bytes; i += size) {
      joinFour(sum + i, quarter, factors, quarter)
    }
  }
}
