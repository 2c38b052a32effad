/**
 * From residues to streams: turned back, and transformed across the groups. What is left for a stream is one root
 * for each lane.
 */
import { ELEMENT, productIm, productRe } from './lanes'
import { RUN } from './residues'

/** Bytes of the elements of two places side by side. */
const PAIR: usize = 2 * ELEMENT

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

/**
 * Transform across the groups for places j .. j + 3 (stored 4 elements for each of `groups` outputs at `to`, behind
 * which 2 * groups elements are used up), after turning back. `fine` and `coarse` hold the turning factors group
 * after group.
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
  const runs = (length + RUN - 1) / RUN
  const work = to + groups * 4 * ELEMENT
  for (let i: usize = 0; i < 4; i += 2) {
    let f = fine + ((j + i) & (RUN - 1)) * ELEMENT
    let c = coarse + (j / RUN) * ELEMENT
    let p = residues + (j + i) * ELEMENT
    for (let place = work, end = work + groups * PAIR; place < end; place += PAIR) {
      turnBack(p, f, c, place)
      turnBack(p + ELEMENT, f + ELEMENT, c, place + ELEMENT)
      f += RUN * ELEMENT
      c += runs * ELEMENT
      p += length * ELEMENT
    }
    pairUp(work, groups)
    crossTwo(work, groups, factors, to + i * ELEMENT)
  }
}

/** Cosine and sine sums of two places at once, for outputs r and groups - r. */
function crossTwo(work: usize, groups: usize, factors: usize, to: usize): void {
  const half = groups >> 1
  let factor = factors
  for (let r: usize = 0; r <= half; r++) {
    let cosR = v128.load(work)
    let cosI = v128.load(work, 16)
    let cosR2 = v128.load(work, 32)
    let cosI2 = v128.load(work, 48)
    let sinR = f32x4.splat(0)
    let sinI = f32x4.splat(0)
    let sinR2 = f32x4.splat(0)
    let sinI2 = f32x4.splat(0)
    let sum = work + PAIR
    let dif = work + (groups - 1) * PAIR
    factor += 8
    for (let k: usize = 1; k <= half; k++, factor += 8, sum += PAIR, dif -= PAIR) {
      const cos = v128.load_splat<f32>(factor)
      const sin = v128.load_splat<f32>(factor, 4)
      cosR = f32x4.add(cosR, f32x4.mul(v128.load(sum), cos))
      cosI = f32x4.add(cosI, f32x4.mul(v128.load(sum, 16), cos))
      cosR2 = f32x4.add(cosR2, f32x4.mul(v128.load(sum, 32), cos))
      cosI2 = f32x4.add(cosI2, f32x4.mul(v128.load(sum, 48), cos))
      sinR = f32x4.add(sinR, f32x4.mul(v128.load(dif), sin))
      sinI = f32x4.add(sinI, f32x4.mul(v128.load(dif, 16), sin))
      sinR2 = f32x4.add(sinR2, f32x4.mul(v128.load(dif, 32), sin))
      sinI2 = f32x4.add(sinI2, f32x4.mul(v128.load(dif, 48), sin))
    }
    const up = to + 4 * r * ELEMENT
    v128.store(up, f32x4.add(cosR, sinI))
    v128.store(up, f32x4.sub(cosI, sinR), 16)
    v128.store(up, f32x4.add(cosR2, sinI2), 32)
    v128.store(up, f32x4.sub(cosI2, sinR2), 48)
    if (r == 0 || r << 1 == groups) continue
    const down = to + 4 * (groups - r) * ELEMENT
    v128.store(down, f32x4.sub(cosR, sinI))
    v128.store(down, f32x4.add(cosI, sinR), 16)
    v128.store(down, f32x4.sub(cosR2, sinI2), 32)
    v128.store(down, f32x4.add(cosI2, sinR2), 48)
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

/** Pair k becomes the sum, pair groups - k the difference of the two; a middle one stays. */
function pairUp(work: usize, groups: usize): void {
  let low = work + PAIR
  let high = work + (groups - 1) * PAIR
  for (; low < high; low += PAIR, high -= PAIR) {
    for (let part: usize = 0; part < PAIR; part += 16) {
      const l = v128.load(low + part)
      const h = v128.load(high + part)
      v128.store(low + part, f32x4.add(l, h))
      v128.store(high + part, f32x4.sub(l, h))
    }
  }
}
