/**
 * From bits to residues: sum of bit(s length + j) zeta^s over the streams s, for the four roots zeta of a group at
 * once, eight streams by one table of 256 entries; then turned so that the product becomes cyclic. The upper half of
 * the streams uses the same tables, times i.
 */
import { ELEMENT, productIm, productRe } from './lanes'

/** Bytes of one table. */
export const TABLE: usize = 8192
/** Elements of the fine turning table; the coarse one has one element for each run of as many places. */
export const RUN: usize = 64

/** For every eight of `streams` powers of the roots (four at the end), their sums under each byte. */
export function fillTables(streams: usize, powers: usize, at: usize): void {
  for (let k: usize = 0; k < streams; k += 8) {
    const table = at + k * (TABLE / 8)
    memory.fill(table, 0, ELEMENT)
    growTable(table, streams - k < 8 ? 16 : 256, powers + k * ELEMENT)
  }
}

/**
 * The same with bits -1/2 and 1/2. The entry of a byte and of its complement are opposite to the last digit: any
 * mean of the entries would meet the mean of the input and cost precision as the length does.
 */
export function fillCentredTables(streams: usize, powers: usize, at: usize): void {
  const half = f32x4.splat(-0.5)
  for (let k: usize = 0; k < streams; k += 8) {
    const table = at + k * (TABLE / 8)
    const first = powers + k * ELEMENT
    const bits = min<usize>(8, streams - k)
    const count: usize = (<usize>1) << bits
    memory.fill(table, 0, ELEMENT)
    for (let p = first; p < first + bits * ELEMENT; p += ELEMENT) {
      v128.store(table, f32x4.add(v128.load(table), f32x4.mul(half, v128.load(p))))
      v128.store(table, f32x4.add(v128.load(table, 16), f32x4.mul(half, v128.load(p, 16))), 16)
    }
    growTable(table, count >> 1, first)
    for (let low = table, high = table + (count - 1) * ELEMENT; low < high; low += 32, high -= 32) {
      v128.store(high, f32x4.neg(v128.load(low)))
      v128.store(high, f32x4.neg(v128.load(low, 16)), 16)
    }
  }
}

/** Entries 1 to count - 1 from entry 0 and the powers of single bits. */
function growTable(table: usize, count: usize, powers: usize): void {
  for (let byte: usize = 1; byte < count; byte++) {
    const less = table + (byte & (byte - 1)) * ELEMENT
    const power = powers + ctz<usize>(byte) * ELEMENT
    const entry = table + byte * ELEMENT
    v128.store(entry, f32x4.add(v128.load(less), v128.load(power)))
    v128.store(entry, f32x4.add(v128.load(less, 16), v128.load(power, 16)), 16)
  }
}

/**
 * Residues of interleaved bits: `length` elements at `to`. Blocks of words are `step` bytes apart, of which those of the
 * upper half of the streams start in the middle; only `lower` and `upper` of them can meet a one.
 */
export function reduce(
  bits: usize,
  step: usize,
  lower: usize,
  upper: usize,
  table: usize,
  fine: usize,
  coarse: usize,
  length: usize,
  to: usize,
): void {
  const lowerEnd = table + lower * TABLE
  const upperEnd = table + upper * TABLE
  let words = bits
  for (let j: usize = 0; j < length; j += 4) {
    let ar = f32x4.splat(0)
    let ai = f32x4.splat(0)
    let br = f32x4.splat(0)
    let bi = f32x4.splat(0)
    let cr = f32x4.splat(0)
    let ci = f32x4.splat(0)
    let dr = f32x4.splat(0)
    let di = f32x4.splat(0)
    for (let t = table, w = words + (j & 4); t < lowerEnd; t += TABLE, w += 8) {
      const index = load<u32>(w)
      const a = t + ((index & 255) << 5)
      const b = t + (((index >> 8) & 255) << 5)
      const c = t + (((index >> 16) & 255) << 5)
      const d = t + ((index >> 24) << 5)
      ar = f32x4.add(ar, v128.load(a))
      ai = f32x4.add(ai, v128.load(a, 16))
      br = f32x4.add(br, v128.load(b))
      bi = f32x4.add(bi, v128.load(b, 16))
      cr = f32x4.add(cr, v128.load(c))
      ci = f32x4.add(ci, v128.load(c, 16))
      dr = f32x4.add(dr, v128.load(d))
      di = f32x4.add(di, v128.load(d, 16))
    }
    for (let t = table, w = words + (step >> 1) + (j & 4); t < upperEnd; t += TABLE, w += 8) {
      const index = load<u32>(w)
      const a = t + ((index & 255) << 5)
      const b = t + (((index >> 8) & 255) << 5)
      const c = t + (((index >> 16) & 255) << 5)
      const d = t + ((index >> 24) << 5)
      ar = f32x4.sub(ar, v128.load(a, 16))
      ai = f32x4.add(ai, v128.load(a))
      br = f32x4.sub(br, v128.load(b, 16))
      bi = f32x4.add(bi, v128.load(b))
      cr = f32x4.sub(cr, v128.load(c, 16))
      ci = f32x4.add(ci, v128.load(c))
      dr = f32x4.sub(dr, v128.load(d, 16))
      di = f32x4.add(di, v128.load(d))
    }
    if (j & 4) words += step
    const f = fine + (j & (RUN - 1)) * ELEMENT
    const c = coarse + (j / RUN) * ELEMENT
    const coarseR = v128.load(c)
    const coarseI = v128.load(c, 16)
    const place = to + j * ELEMENT
    const ur = productRe(v128.load(f), v128.load(f, 16), coarseR, coarseI)
    const ui = productIm(v128.load(f), v128.load(f, 16), coarseR, coarseI)
    v128.store(place, productRe(ar, ai, ur, ui))
    v128.store(place, productIm(ar, ai, ur, ui), 16)
    const vr = productRe(v128.load(f, 32), v128.load(f, 48), coarseR, coarseI)
    const vi = productIm(v128.load(f, 32), v128.load(f, 48), coarseR, coarseI)
    v128.store(place, productRe(br, bi, vr, vi), 32)
    v128.store(place, productIm(br, bi, vr, vi), 48)
    const wr = productRe(v128.load(f, 64), v128.load(f, 80), coarseR, coarseI)
    const wi = productIm(v128.load(f, 64), v128.load(f, 80), coarseR, coarseI)
    v128.store(place, productRe(cr, ci, wr, wi), 64)
    v128.store(place, productIm(cr, ci, wr, wi), 80)
    const xr = productRe(v128.load(f, 96), v128.load(f, 112), coarseR, coarseI)
    const xi = productIm(v128.load(f, 96), v128.load(f, 112), coarseR, coarseI)
    v128.store(place, productRe(dr, di, xr, xi), 96)
    v128.store(place, productIm(dr, di, xr, xi), 112)
  }
}
