/**
 * Cyclic products of four sequences at once, a := a * b (times the length), by radix-4 transforms without
 * reordering: decimation in frequency forward, in time back (Gentleman, Sande, AFIPS 29, 563, 1966). One
 * recursion does both forward transforms, the product and the inverse, so that each part is finished while it is
 * in the cache. Reads and writes elements of `lanes.ts`; `b` is used up.
 */
import { multiplyFours, multiplyPairs } from './innermost'
import { ELEMENT } from './lanes'
import { cutInFour, joinFour } from './radix4'
import { FACTORS } from './twiddles'

/** Bytes of a sequence up to which the levels are done one after the other: both fit a first-level cache. */
const LEAF: usize = 16384
/** Bytes of a sequence up to which both stay in a second-level cache. */
const NEAR: usize = 524288
/** Bytes of a part that two levels are done on at a time. */
const SPAN: usize = 512

/** a := a * b, cyclic, unscaled; `bytes` of one sequence, a power of two of at least 128. */
export function convolve(a: usize, b: usize, bytes: usize, twiddles: usize): void {
  if (bytes <= LEAF) convolveLeaf(a, b, bytes, twiddles)
  else if (bytes <= NEAR) convolveNear(a, b, bytes, twiddles)
  else convolveFar(a, b, bytes, twiddles)
}

function convolveNear(a: usize, b: usize, bytes: usize, twiddles: usize): void {
  const quarter = bytes >> 2
  const next = twiddles + (quarter / ELEMENT) * FACTORS
  cutInFour(a, quarter, twiddles, quarter)
  cutInFour(b, quarter, twiddles, quarter)
  for (let i: usize = 0; i < bytes; i += quarter) convolve(a + i, b + i, quarter, next)
  joinFour(a, quarter, twiddles, quarter)
}

/** Two levels by one passage through memory. */
function convolveFar(a: usize, b: usize, bytes: usize, twiddles: usize): void {
  const quarter = bytes >> 2
  const part = bytes >> 4
  const next = twiddles + (quarter / ELEMENT) * FACTORS
  const last = next + (part / ELEMENT) * FACTORS
  cutInSixteen(a, part, twiddles, next)
  cutInSixteen(b, part, twiddles, next)
  for (let i: usize = 0; i < bytes; i += part) convolve(a + i, b + i, part, last)
  joinSixteen(a, part, twiddles, next)
}

function cutInSixteen(at: usize, part: usize, twiddles: usize, next: usize): void {
  const quarter = part << 2
  for (let i: usize = 0; i < part; i += SPAN) {
    for (let p = i; p < quarter; p += part) {
      cutInFour(at + p, quarter, twiddles + (p / ELEMENT) * FACTORS, SPAN)
    }
    const factors = next + (i / ELEMENT) * FACTORS
    for (let q: usize = 0; q < 4; q++) cutInFour(at + q * quarter + i, part, factors, SPAN)
  }
}

function joinSixteen(at: usize, part: usize, twiddles: usize, next: usize): void {
  const quarter = part << 2
  for (let i: usize = 0; i < part; i += SPAN) {
    const factors = next + (i / ELEMENT) * FACTORS
    for (let q: usize = 0; q < 4; q++) joinFour(at + q * quarter + i, part, factors, SPAN)
    for (let p = i; p < quarter; p += part) {
      joinFour(at + p, quarter, twiddles + (p / ELEMENT) * FACTORS, SPAN)
    }
  }
}

function convolveLeaf(a: usize, b: usize, bytes: usize, twiddles: usize): void {
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
  if (size == 128) multiplyFours(a, b, bytes)
  else multiplyPairs(a, b, bytes)
  for (size <<= 2; size <= bytes; size <<= 2) {
    const quarter = size >> 2
    factors -= (quarter / ELEMENT) * FACTORS
    for (let i: usize = 0; i < bytes; i += size) joinFour(a + i, quarter, factors, quarter)
  }
}
