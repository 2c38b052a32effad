/**
 * From streams to the wanted rows of the product, to their parities, and to how far the sums stand from whole
 * numbers. Value at place j of stream s: the real part of sum over the roots of residue * zeta^-s.
 */
import { ELEMENT } from './lanes'

/** Adding it rounds a float below 2^22 to a whole number, whose parity is then the lowest bit. */
const ROUNDER: f32 = 12582912

/** Eight factors for each wanted stream: cos then sin of 2 pi (4 lane + 1) stream / (16 groups), scaled. */
export function fillStreamFactors(
  groups: usize,
  first: usize,
  last: usize,
  scale: f64,
  at: usize,
): void {
  const turn = groups << 4
  let place = at
  for (let s = first; s <= last; s++, place += 32) {
    for (let lane: usize = 0; lane < 4; lane++) {
      const angle = (2 * Math.PI * <f64>(((4 * lane + 1) * s) % turn)) / <f64>turn
      store<f32>(place + 4 * lane, <f32>(scale * Math.cos(angle)))
      store<f32>(place + 4 * lane, <f32>(scale * Math.sin(angle)), 16)
    }
  }
}

/**
 * Parities of four places of every wanted stream from `first` to `last`, into the upper or the lower half of the
 * byte at rows + (stream - first) * stride. At `seen`: largest distance from a whole number and largest value.
 */
export function emitParities(
  crossed: usize,
  groups: usize,
  first: usize,
  last: usize,
  factors: usize,
  offset: f32,
  upper: bool,
  rows: usize,
  stride: usize,
  seen: usize,
): void {
  const shift = f32x4.splat(offset)
  const rounder = f32x4.splat(ROUNDER)
  let far = v128.load(seen)
  let large = v128.load(seen, 16)
  for (let s = first; s <= last && s < first + groups; s++) {
    const p = crossed + (s % groups) * 4 * ELEMENT
    const a = v128.load(p, 96)
    const b = v128.load(p, 64)
    const c = v128.load(p, 32)
    const d = v128.load(p)
    const ab = i32x4.shuffle(a, b, 0, 4, 1, 5)
    const cd = i32x4.shuffle(c, d, 0, 4, 1, 5)
    const ab2 = i32x4.shuffle(a, b, 2, 6, 3, 7)
    const cd2 = i32x4.shuffle(c, d, 2, 6, 3, 7)
    const r0 = i64x2.shuffle(ab, cd, 0, 2)
    const r1 = i64x2.shuffle(ab, cd, 1, 3)
    const r2 = i64x2.shuffle(ab2, cd2, 0, 2)
    const r3 = i64x2.shuffle(ab2, cd2, 1, 3)
    const ai = v128.load(p, 112)
    const bi = v128.load(p, 80)
    const ci = v128.load(p, 48)
    const di = v128.load(p, 16)
    const abi = i32x4.shuffle(ai, bi, 0, 4, 1, 5)
    const cdi = i32x4.shuffle(ci, di, 0, 4, 1, 5)
    const ab2i = i32x4.shuffle(ai, bi, 2, 6, 3, 7)
    const cd2i = i32x4.shuffle(ci, di, 2, 6, 3, 7)
    const i0 = i64x2.shuffle(abi, cdi, 0, 2)
    const i1 = i64x2.shuffle(abi, cdi, 1, 3)
    const i2 = i64x2.shuffle(ab2i, cd2i, 0, 2)
    const i3 = i64x2.shuffle(ab2i, cd2i, 1, 3)
    for (let t = s; t <= last; t += groups) {
      const f = factors + (t - first) * 32
      const even = f32x4.add(
        f32x4.add(
          f32x4.mul(r0, v128.load_splat<f32>(f)),
          f32x4.mul(i0, v128.load_splat<f32>(f, 16)),
        ),
        f32x4.add(
          f32x4.mul(r1, v128.load_splat<f32>(f, 4)),
          f32x4.mul(i1, v128.load_splat<f32>(f, 20)),
        ),
      )
      const odd = f32x4.add(
        f32x4.add(
          f32x4.mul(r2, v128.load_splat<f32>(f, 8)),
          f32x4.mul(i2, v128.load_splat<f32>(f, 24)),
        ),
        f32x4.add(
          f32x4.mul(r3, v128.load_splat<f32>(f, 12)),
          f32x4.mul(i3, v128.load_splat<f32>(f, 28)),
        ),
      )
      const value = f32x4.add(f32x4.add(even, odd), shift)
      const rounded = f32x4.add(value, rounder)
      const bits = <u32>i32x4.bitmask(i32x4.shl(rounded, 31))
      far = f32x4.max(far, f32x4.abs(f32x4.sub(value, f32x4.sub(rounded, rounder))))
      large = f32x4.max(large, f32x4.abs(value))
      const row = rows + (t - first) * stride
      if (upper) store<u8>(row, bits << 4)
      else store<u8>(row, load<u8>(row) | bits)
    }
  }
  v128.store(seen, far)
  v128.store(seen, large, 16)
}
