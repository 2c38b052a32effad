/**
 * Levels of a transform that is longer than the second-level cache: two by one passage through memory, in a scratch
 * of sixteen short spans, because places a power of two apart would drive each other out of the cache.
 */
import { ELEMENT } from './lanes'
import { cutInFour, joinFour } from './radix4'
import { reduce } from './residues'
import { FACTORS } from './twiddles'

/** Bytes of a span. */
const SPAN: usize = 512
const QUARTER: usize = SPAN << 2
/** Bytes of the scratch. */
export const SCRATCH: usize = SPAN << 4

/** Two levels forward of `bytes` of elements. */
export function cutInSixteen(at: usize, bytes: usize, twiddles: usize, scratch: usize): void {
  const quarter = bytes >> 2
  const part = bytes >> 4
  for (let i: usize = 0; i < part; i += SPAN) {
    for (let q: usize = 0; q < 4; q++) {
      const from = q * part + i
      const to = scratch + q * SPAN
      cutInFour(at + from, quarter, to, QUARTER, twiddles + (from / ELEMENT) * FACTORS, SPAN)
    }
    cutParts(scratch, at + i, bytes, twiddles, i)
  }
}

/** The same two levels, of elements that are reduced from bits on the way (arguments as of `reduce`). */
export function reduceInSixteen(
  bits: usize,
  step: usize,
  lower: usize,
  upper: usize,
  table: usize,
  fine: usize,
  coarse: usize,
  length: usize,
  at: usize,
  twiddles: usize,
  scratch: usize,
): void {
  const bytes = length * ELEMENT
  const part = bytes >> 4
  for (let i: usize = 0; i < part; i += SPAN) {
    for (let p: usize = 0; p < 16; p++) {
      const first = (p * part + i) / ELEMENT
      const to = scratch + p * SPAN
      reduce(bits, step, lower, upper, table, fine, coarse, first, SPAN / ELEMENT, to)
    }
    for (let q: usize = 0; q < 4; q++) {
      const factors = twiddles + ((q * part + i) / ELEMENT) * FACTORS
      const place = scratch + q * SPAN
      cutInFour(place, QUARTER, place, QUARTER, factors, SPAN)
    }
    cutParts(scratch, at + i, bytes, twiddles, i)
  }
}

/** Second level, from the scratch to the span at byte i of each part. */
function cutParts(scratch: usize, to: usize, bytes: usize, twiddles: usize, i: usize): void {
  const quarter = bytes >> 2
  const factors = twiddles + ((quarter + i) / ELEMENT) * FACTORS
  for (let q: usize = 0; q < 4; q++) {
    cutInFour(scratch + q * QUARTER, SPAN, to + q * quarter, quarter >> 2, factors, SPAN)
  }
}

/** Two levels back: the inverse of `cutInSixteen` but for a factor of sixteen. */
export function joinSixteen(at: usize, bytes: usize, twiddles: usize, scratch: usize): void {
  const quarter = bytes >> 2
  const part = bytes >> 4
  for (let i: usize = 0; i < part; i += SPAN) {
    const factors = twiddles + ((quarter + i) / ELEMENT) * FACTORS
    for (let q: usize = 0; q < 4; q++) {
      joinFour(at + q * quarter + i, part, scratch + q * QUARTER, SPAN, factors, SPAN)
    }
    for (let q: usize = 0; q < 4; q++) {
      const to = q * part + i
      const from = scratch + q * SPAN
      joinFour(from, QUARTER, at + to, quarter, twiddles + (to / ELEMENT) * FACTORS, SPAN)
    }
  }
}
