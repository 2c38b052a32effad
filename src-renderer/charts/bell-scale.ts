/**
 * Where S stands between what local models and quantum theory allow.
 * Clauser, Horne, Shimony, Holt, PRL 23, 880 (1969): |S| <= 2 locally; Cirelson, Lett. Math. Phys. 4, 93 (1980):
 * |S| <= 2 sqrt 2.
 */
export const CLASSICAL_BOUND = 2
export const TSIRELSON_BOUND = 2 * Math.SQRT2

export interface BellScale {
  low: number
  high: number
  /** Share of the axis from its left end, 0 to 1; values outside lie at an end. */
  at: (value: number) => number
}

/** A margin beyond both bounds and beyond the error bar. */
const MARGIN = 0.2

/** An axis that holds both bounds and |S| with its standard error. */
export function bellScale(S: number, sigma: number): BellScale {
  const spread = Number.isFinite(sigma) ? sigma : 0
  const value = Number.isFinite(S) ? Math.abs(S) : CLASSICAL_BOUND
  const low = Math.max(0, Math.min(CLASSICAL_BOUND, value - spread) - MARGIN)
  const high = Math.max(TSIRELSON_BOUND, value + spread) + MARGIN
  const at = (one: number): number => Math.min(1, Math.max(0, (one - low) / (high - low)))
  return { low, high, at }
}

/** Standard errors that |S| lies above the classical bound; NaN without an error. */
export const sigmasAbove = (S: number, sigma: number): number =>
  sigma > 0 ? (Math.abs(S) - CLASSICAL_BOUND) / sigma : NaN
