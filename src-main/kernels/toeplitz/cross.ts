/**
 * From residues to streams: turned back, and transformed across the groups. What is left for a stream is one root
 * for each lane.
 */
import { ELEMENT, productIm, productRe } from './lanes'
import { RUN } from './residues'

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
