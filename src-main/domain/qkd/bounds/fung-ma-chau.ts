/**
 * Random sampling bound of the legacy decoy proofs: from the error rate of sampled single photons to that of the
 * key's. Source: Fung, Ma, Chau, PRA 81, 012318 (2010), as used by Lim et al., PRA 89, 022307 (2014), eq. (5).
 * Symbols: v errors among s_test single photons, s_key single photons of the key, a/shares the failure probability.
 * Limits: an approximation of the hypergeometric tail that vanishes at v = 0; an error-free test is
 * therefore counted as one error, on the safe side.
 */
import { refuse } from './input-checks'

/**
 * Upper bound on the phase error rate of the key's single photons; 1/2 where nothing is proven.
 * @param shares equal parts that the secrecy parameter is cut into: 21 (Lim 2014), 19 (Rusca 2018).
 * @throws when eps_sec is so large that the deviation has no real value.
 */
export function phaseErrorOf(
  v: number,
  s_test: number,
  s_key: number,
  shares: number,
  eps_sec: number,
): number {
  if (s_test <= 0 || s_key <= 0) return 0.5
  const ratio = Math.max(v, 1) / s_test
  if (ratio >= 0.5) return 0.5
  return Math.min(0.5, v / s_test + samplingDeviation(eps_sec, shares, ratio, s_test, s_key))
}

/**
 * gamma(a,b,c,d) = sqrt{(c+d)(1-b)b/(c d ln 2) log2[(c+d)/(c d (1-b) b) shares^2/a^2]}.
 * @param a with `shares`: the bound fails with probability a/shares. @param rate b. @param sampled c. @param unsampled d.
 * @throws when a is so large that the deviation has no real value.
 */
export function samplingDeviation(
  a: number,
  shares: number,
  rate: number,
  sampled: number,
  unsampled: number,
): number {
  const spread = (sampled + unsampled) / (sampled * unsampled)
  const variance = (1 - rate) * rate
  const bits = Math.log2((spread / variance) * (shares / a) ** 2)
  if (bits < 0) refuse('eps_sec', a, `at ${sampled + unsampled} single photons it must be smaller`)
  return Math.sqrt(((spread * variance) / Math.LN2) * bits)
}
