/**
 * The innermost level of a sum of cyclic products, in registers: both factors forward, their product, added to the
 * sum of those before unless it is the first, and the sum back if it is the last.
 */
import { productIm, productRe } from './lanes'

/** Innermost level of length four of a and b; the sum may stand where a does. */
export function multiplyFours(
  a: usize,
  b: usize,
  sum: usize,
  bytes: usize,
  first: bool,
  last: bool,
): void {
  for (let i: usize = 0; i < bytes; i += 128) multiplyFour(a + i, b + i, sum + i, first, last)
}

function multiplyFour(a: usize, b: usize, sum: usize, first: bool, last: bool): void {
  const a0r = v128.load(a)
  const a0i = v128.load(a, 16)
  const a1r = v128.load(a, 32)
  const a1i = v128.load(a, 48)
  const a2r = v128.load(a, 64)
  const a2i = v128.load(a, 80)
  const a3r = v128.load(a, 96)
  const a3i = v128.load(a, 112)
  const aSumR = f32x4.add(a0r, a2r)
  const aDifR = f32x4.sub(a0r, a2r)
  const aOddR = f32x4.add(a1r, a3r)
  const aSumI = f32x4.add(a0i, a2i)
  const aDifI = f32x4.sub(a0i, a2i)
  const aOddI = f32x4.add(a1i, a3i)
  const aTurnR = f32x4.sub(a1i, a3i)
  const aTurnI = f32x4.sub(a3r, a1r)
  const b0r = v128.load(b)
  const b0i = v128.load(b, 16)
  const b1r = v128.load(b, 32)
  const b1i = v128.load(b, 48)
  const b2r = v128.load(b, 64)
  const b2i = v128.load(b, 80)
  const b3r = v128.load(b, 96)
  const b3i = v128.load(b, 112)
  const bSumR = f32x4.add(b0r, b2r)
  const bDifR = f32x4.sub(b0r, b2r)
  const bOddR = f32x4.add(b1r, b3r)
  const bSumI = f32x4.add(b0i, b2i)
  const bDifI = f32x4.sub(b0i, b2i)
  const bOddI = f32x4.add(b1i, b3i)
  const bTurnR = f32x4.sub(b1i, b3i)
  const bTurnI = f32x4.sub(b3r, b1r)
  const x0r = f32x4.add(aSumR, aOddR)
  const x0i = f32x4.add(aSumI, aOddI)
  const y0r = f32x4.add(bSumR, bOddR)
  const y0i = f32x4.add(bSumI, bOddI)
  let p0r = productRe(x0r, x0i, y0r, y0i)
  let p0i = productIm(x0r, x0i, y0r, y0i)
  const x1r = f32x4.add(aDifR, aTurnR)
  const x1i = f32x4.add(aDifI, aTurnI)
  const y1r = f32x4.add(bDifR, bTurnR)
  const y1i = f32x4.add(bDifI, bTurnI)
  let p1r = productRe(x1r, x1i, y1r, y1i)
  let p1i = productIm(x1r, x1i, y1r, y1i)
  const x2r = f32x4.sub(aSumR, aOddR)
  const x2i = f32x4.sub(aSumI, aOddI)
  const y2r = f32x4.sub(bSumR, bOddR)
  const y2i = f32x4.sub(bSumI, bOddI)
  let p2r = productRe(x2r, x2i, y2r, y2i)
  let p2i = productIm(x2r, x2i, y2r, y2i)
  const x3r = f32x4.sub(aDifR, aTurnR)
  const x3i = f32x4.sub(aDifI, aTurnI)
  const y3r = f32x4.sub(bDifR, bTurnR)
  const y3i = f32x4.sub(bDifI, bTurnI)
  let p3r = productRe(x3r, x3i, y3r, y3i)
  let p3i = productIm(x3r, x3i, y3r, y3i)
  if (!first) {
    p0r = f32x4.add(p0r, v128.load(sum))
    p0i = f32x4.add(p0i, v128.load(sum, 16))
    p1r = f32x4.add(p1r, v128.load(sum, 32))
    p1i = f32x4.add(p1i, v128.load(sum, 48))
    p2r = f32x4.add(p2r, v128.load(sum, 64))
    p2i = f32x4.add(p2i, v128.load(sum, 80))
    p3r = f32x4.add(p3r, v128.load(sum, 96))
    p3i = f32x4.add(p3i, v128.load(sum, 112))
  }
  if (!last) {
    v128.store(sum, p0r)
    v128.store(sum, p0i, 16)
    v128.store(sum, p1r, 32)
    v128.store(sum, p1i, 48)
    v128.store(sum, p2r, 64)
    v128.store(sum, p2i, 80)
    v128.store(sum, p3r, 96)
    v128.store(sum, p3i, 112)
    return
  }
  const pSumR = f32x4.add(p0r, p2r)
  const pDifR = f32x4.sub(p0r, p2r)
  const pOddR = f32x4.add(p1r, p3r)
  const pSumI = f32x4.add(p0i, p2i)
  const pDifI = f32x4.sub(p0i, p2i)
  const pOddI = f32x4.add(p1i, p3i)
  const pTurnR = f32x4.sub(p3i, p1i)
  const pTurnI = f32x4.sub(p1r, p3r)
  v128.store(sum, f32x4.add(pSumR, pOddR))
  v128.store(sum, f32x4.add(pSumI, pOddI), 16)
  v128.store(sum, f32x4.add(pDifR, pTurnR), 32)
  v128.store(sum, f32x4.add(pDifI, pTurnI), 48)
  v128.store(sum, f32x4.sub(pSumR, pOddR), 64)
  v128.store(sum, f32x4.sub(pSumI, pOddI), 80)
  v128.store(sum, f32x4.sub(pDifR, pTurnR), 96)
  v128.store(sum, f32x4.sub(pDifI, pTurnI), 112)
}

/** Innermost level of length two. */
export function multiplyPairs(
  a: usize,
  b: usize,
  sum: usize,
  bytes: usize,
  first: bool,
  last: bool,
): void {
  for (let i: usize = 0; i < bytes; i += 64) multiplyPair(a + i, b + i, sum + i, first, last)
}

function multiplyPair(a: usize, b: usize, sum: usize, first: bool, last: bool): void {
  const a0r = v128.load(a)
  const a0i = v128.load(a, 16)
  const a1r = v128.load(a, 32)
  const a1i = v128.load(a, 48)
  const b0r = v128.load(b)
  const b0i = v128.load(b, 16)
  const b1r = v128.load(b, 32)
  const b1i = v128.load(b, 48)
  const x0r = f32x4.add(a0r, a1r)
  const x0i = f32x4.add(a0i, a1i)
  const y0r = f32x4.add(b0r, b1r)
  const y0i = f32x4.add(b0i, b1i)
  let p0r = productRe(x0r, x0i, y0r, y0i)
  let p0i = productIm(x0r, x0i, y0r, y0i)
  const x1r = f32x4.sub(a0r, a1r)
  const x1i = f32x4.sub(a0i, a1i)
  const y1r = f32x4.sub(b0r, b1r)
  const y1i = f32x4.sub(b0i, b1i)
  let p1r = productRe(x1r, x1i, y1r, y1i)
  let p1i = productIm(x1r, x1i, y1r, y1i)
  if (!first) {
    p0r = f32x4.add(p0r, v128.load(sum))
    p0i = f32x4.add(p0i, v128.load(sum, 16))
    p1r = f32x4.add(p1r, v128.load(sum, 32))
    p1i = f32x4.add(p1i, v128.load(sum, 48))
  }
  if (!last) {
    v128.store(sum, p0r)
    v128.store(sum, p0i, 16)
    v128.store(sum, p1r, 32)
    v128.store(sum, p1i, 48)
    return
  }
  v128.store(sum, f32x4.add(p0r, p1r))
  v128.store(sum, f32x4.add(p0i, p1i), 16)
  v128.store(sum, f32x4.sub(p0r, p1r), 32)
  v128.store(sum, f32x4.sub(p0i, p1i), 48)
}
