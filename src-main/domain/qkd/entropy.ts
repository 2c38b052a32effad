/**
 * Binary entropy h(p) = -p log2 p - (1-p) log2(1-p), h(0) = h(1) = 0.
 * The second term goes through log1p, so that nothing cancels for small p.
 */

/** h(p) in bits; throws unless 0 <= p <= 1. */
export function binaryEntropy(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new Error(`Binary entropy: ${p} is not a probability`)
  if (p === 0 || p === 1) return 0
  return -(p * Math.log(p) + (1 - p) * Math.log1p(-p)) / Math.LN2
}
