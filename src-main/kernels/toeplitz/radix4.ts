/** Levels of four transforms at once, radix 4: forward by decimation in frequency, back by decimation in time. */
import { ELEMENT, productIm, productRe } from './lanes'
import { FACTORS } from './twiddles'

function splat(at: usize, offset: usize): v128 {
  return v128.load_splat<f32>(at + offset)
}

/** One level forward on `span` bytes of each of four quarters. */
export function cutInFour(at: usize, quarter: usize, twiddles: usize, span: usize): void {
  const end = at + span
  for (let a = at, w = twiddles; a < end; a += ELEMENT, w += FACTORS) {
    const b = a + quarter
    const c = b + quarter
    const d = c + quarter
    const ar = v128.load(a)
    const ai = v128.load(a, 16)
    const br = v128.load(b)
    const bi = v128.load(b, 16)
    const cr = v128.load(c)
    const ci = v128.load(c, 16)
    const dr = v128.load(d)
    const di = v128.load(d, 16)
    const sumR = f32x4.add(ar, cr)
    const sumI = f32x4.add(ai, ci)
    const difR = f32x4.sub(ar, cr)
    const difI = f32x4.sub(ai, ci)
    const oddR = f32x4.add(br, dr)
    const oddI = f32x4.add(bi, di)
    const turnR = f32x4.sub(bi, di)
    const turnI = f32x4.sub(dr, br)
    v128.store(a, f32x4.add(sumR, oddR))
    v128.store(a, f32x4.add(sumI, oddI), 16)
    const x1 = f32x4.add(difR, turnR)
    const y1 = f32x4.add(difI, turnI)
    const c1 = splat(w, 0)
    const s1 = splat(w, 4)
    v128.store(b, productRe(x1, y1, c1, s1))
    v128.store(b, productIm(x1, y1, c1, s1), 16)
    const x2 = f32x4.sub(sumR, oddR)
    const y2 = f32x4.sub(sumI, oddI)
    const c2 = splat(w, 8)
    const s2 = splat(w, 12)
    v128.store(c, productRe(x2, y2, c2, s2))
    v128.store(c, productIm(x2, y2, c2, s2), 16)
    const x3 = f32x4.sub(difR, turnR)
    const y3 = f32x4.sub(difI, turnI)
    const c3 = splat(w, 16)
    const s3 = splat(w, 20)
    v128.store(d, productRe(x3, y3, c3, s3))
    v128.store(d, productIm(x3, y3, c3, s3), 16)
  }
}

/** One level back: the inverse of `cutInFour` but for a factor of four. */
export function joinFour(at: usize, quarter: usize, twiddles: usize, span: usize): void {
  const end = at + span
  for (let a = at, w = twiddles; a < end; a += ELEMENT, w += FACTORS) {
    const b = a + quarter
    const c = b + quarter
    const d = c + quarter
    const c2 = splat(w, 8)
    const s2 = splat(w, 12)
    const cr = v128.load(c)
    const ci = v128.load(c, 16)
    const x2 = f32x4.add(f32x4.mul(cr, c2), f32x4.mul(ci, s2))
    const y2 = f32x4.sub(f32x4.mul(ci, c2), f32x4.mul(cr, s2))
    const ar = v128.load(a)
    const ai = v128.load(a, 16)
    const sumR = f32x4.add(ar, x2)
    const sumI = f32x4.add(ai, y2)
    const difR = f32x4.sub(ar, x2)
    const difI = f32x4.sub(ai, y2)
    const c1 = splat(w, 0)
    const s1 = splat(w, 4)
    const br = v128.load(b)
    const bi = v128.load(b, 16)
    const x1 = f32x4.add(f32x4.mul(br, c1), f32x4.mul(bi, s1))
    const y1 = f32x4.sub(f32x4.mul(bi, c1), f32x4.mul(br, s1))
    const c3 = splat(w, 16)
    const s3 = splat(w, 20)
    const dr = v128.load(d)
    const di = v128.load(d, 16)
    const x3 = f32x4.add(f32x4.mul(dr, c3), f32x4.mul(di, s3))
    const y3 = f32x4.sub(f32x4.mul(di, c3), f32x4.mul(dr, s3))
    const oddR = f32x4.add(x1, x3)
    const oddI = f32x4.add(y1, y3)
    v128.store(a, f32x4.add(sumR, oddR))
    v128.store(a, f32x4.add(sumI, oddI), 16)
    v128.store(c, f32x4.sub(sumR, oddR))
    v128.store(c, f32x4.sub(sumI, oddI), 16)
    const turnR = f32x4.sub(y3, y1)
    const turnI = f32x4.sub(x1, x3)
    v128.store(b, f32x4.add(difR, turnR))
    v128.store(b, f32x4.add(difI, turnI), 16)
    v128.store(d, f32x4.sub(difR, turnR))
    v128.store(d, f32x4.sub(difI, turnI), 16)
  }
}
