/**
 * From residues back to the wanted rows of the product, to their parities, and to how far the sums stand from
 * whole numbers. Value at place j of stream s: the real part of sum over the roots of residue * zeta^-s.
 */
import { ELEMENT, productIm, productRe } from './lanes'
import { RUN } from './residues'

/** Adding it rounds a float below 2^22 to a whole number, whose parity is then the lowest bit. */
const ROUNDER: f32 = 12582912

/** cos and sin of 2 pi r k / groups, for k = 0 .. groups / 2 and r alike: [r][k] pairs. */
export function fillCrossFactors(groups: usize, at: usize): void {
  let place = at
  for (let r: usize = 0; r <= groups >> 1; r++) {
    for (let k: usize = 0; k <= groups >> 1; k++, place += 8) {
      const angle = (2 * Math.PI * <f64>((r * k) % groups)) / <f64>groups
      store<f32>(place, <f32>Math.cos(angle))
      store<f32>(place, k << 1 == groups ? 0 : <f32>Math.sin(angle), 4)
    }
  }
}

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
 * Transform across the groups for places j .. j + 3 (stored 4 elements for each of `groups` outputs at `to`), after
 * turning back. `fine` and `coarse` hold the turning factors group after group.
 */
export function crossGroups(
  residues: usize,
  groups: usize,
  length: usize,
  j: usize,
  fine: usize,
  coarse: usize,
  factors: usize,
  to: usize,
): void {
  const half = groups >> 1
  const runs = (length + RUN - 1) / RUN
  const work = to + groups * 4 * ELEMENT
  for (let i: usize = 0; i < 4; i++) {
    let f = fine + ((j + i) & (RUN - 1)) * ELEMENT
    let c = coarse + (j / RUN) * ELEMENT
    let p = residues + (j + i) * ELEMENT
    for (let g: usize = 0; g < groups; g++) {
      turnBack(p, f, c, work + g * ELEMENT)
      f += RUN * ELEMENT
      c += runs * ELEMENT
      p += length * ELEMENT
    }
    pairUp(work, groups)
    let factor = factors
    for (let r: usize = 0; r <= half; r++) {
      let cosR = v128.load(work)
      let cosI = v128.load(work, 16)
      let sinR = f32x4.splat(0)
      let sinI = f32x4.splat(0)
      factor += 8
      for (let k: usize = 1; k <= half; k++, factor += 8) {
        const sum = work + k * ELEMENT
        const dif = work + (groups - k) * ELEMENT
        const cos = v128.load_splat<f32>(factor)
        const sin = v128.load_splat<f32>(factor, 4)
        cosR = f32x4.add(cosR, f32x4.mul(v128.load(sum), cos))
        cosI = f32x4.add(cosI, f32x4.mul(v128.load(sum, 16), cos))
        sinR = f32x4.add(sinR, f32x4.mul(v128.load(dif), sin))
        sinI = f32x4.add(sinI, f32x4.mul(v128.load(dif, 16), sin))
      }
      const up = to + (4 * r + i) * ELEMENT
      v128.store(up, f32x4.add(cosR, sinI))
      v128.store(up, f32x4.sub(cosI, sinR), 16)
      if (r == 0 || r << 1 == groups) continue
      const down = to + (4 * (groups - r) + i) * ELEMENT
      v128.store(down, f32x4.sub(cosR, sinI))
      v128.store(down, f32x4.add(cosI, sinR), 16)
    }
  }
}

/** Product with the conjugate of fine * coarse. */
function turnBack(at: usize, fine: usize, coarse: usize, to: usize): void {
  const fr = v128.load(fine)
  const fi = v128.load(fine, 16)
  const cr = v128.load(coarse)
  const ci = v128.load(coarse, 16)
  const tr = productRe(fr, fi, cr, ci)
  const ti = productIm(fr, fi, cr, ci)
  const ar = v128.load(at)
  const ai = v128.load(at, 16)
  v128.store(to, f32x4.add(f32x4.mul(ar, tr), f32x4.mul(ai, ti)))
  v128.store(to, f32x4.sub(f32x4.mul(ai, tr), f32x4.mul(ar, ti)), 16)
}

/** Element k becomes the sum, element groups - k the difference of the two; a middle one stays. */
function pairUp(work: usize, groups: usize): void {
  for (let k: usize = 1; k << 1 < groups; k++) {
    const low = work + k * ELEMENT
    const high = work + (groups - k) * ELEMENT
    const lr = v128.load(low)
    const li = v128.load(low, 16)
    const hr = v128.load(high)
    const hi = v128.load(high, 16)
    v128.store(low, f32x4.add(lr, hr))
    v128.store(low, f32x4.add(li, hi), 16)
    v128.store(high, f32x4.sub(lr, hr))
    v128.store(high, f32x4.sub(li, hi), 16)
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
