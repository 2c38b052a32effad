/**
 * Complex numbers of four independent transforms side by side: an element is 32 bytes, four real parts and four
 * imaginary parts. Factors that differ by lane are powers of roots of unity, grown in doubles.
 */

/** Bytes of one element. */
export const ELEMENT: usize = 32

/** Writes count elements from `at` on: lane l of element j is exp(2 pi i j (first + 4 l) step). */
export function fillPowers(at: usize, count: i32, first: f64, step: f64): void {
  for (let lane = 0; lane < 4; lane++) {
    const angle = 2 * Math.PI * (first + 4 * lane) * step
    const turnR = Math.cos(angle)
    const turnI = Math.sin(angle)
    let re: f64 = 1
    let im: f64 = 0
    let place = at + ((<usize>lane) << 2)
    for (let j = 0; j < count; j++, place += ELEMENT) {
      store<f32>(place, <f32>re)
      store<f32>(place, <f32>im, 16)
      const next = re * turnR - im * turnI
      im = re * turnI + im * turnR
      re = next
    }
  }
}

/** Real part of a product. */
export function productRe(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return f32x4.sub(f32x4.mul(ar, br), f32x4.mul(ai, bi))
}

/** Imaginary part of a product. */
export function productIm(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return f32x4.add(f32x4.mul(ar, bi), f32x4.mul(ai, br))
}
