/**
 * Error function of a real argument.
 * Reference: the Maclaurin series erf x = 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1)/(2n+1)!! (Abramowitz & Stegun
 * 7.1.6), all terms positive; past |x| = 6 the result is 1 to the last bit of a double.
 */

const SATURATION = 6
const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI)

/** erf(x), relative error below 1e-14. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return NaN
  if (Math.abs(x) >= SATURATION) return Math.sign(x)
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum
}
