/**
 * How unlikely a count is: Chernoff's bound of the Poisson tail (Mitzenmacher & Upfal, Probability and Computing,
 * theorem 5.4), Pr[N >= n] for n above the mean m and Pr[N <= n] below it: both at most exp(n - m) (m/n)^n.
 */

/** Probability of a normal deviate beyond five sigma on one side, ln. */
export const LOG_FIVE_SIGMA = Math.log(2.866_515_7e-7)

/** Upper bound of ln Pr[a Poisson count this far from its mean or farther]; 0 at the mean. */
export function logPoissonTail(count: number, mean: number): number {
  if (count === 0) return -mean
  if (mean <= 0) return -Infinity
  return count - mean + count * Math.log(mean / count)
}
