/**
 * Exact tails of the binomial and the hypergeometric distribution.
 * Source of the point probabilities: Loader, "Fast and accurate computation of binomial probabilities" (2000):
 * saddle-point form, in which no large logarithms cancel. Tails are summed term by term by their exact ratios.
 */
import { refuse } from './input-checks'

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI)
/** Terms below this share of the sum can no longer change it. */
const NEGLIGIBLE = 2 ** -60

/** ln n! - (n + 1/2) ln n + n - ln sqrt(2 pi), the error of Stirling's formula. */
function stirlingError(n: number): number {
  if (n < 16) {
    let logFactorial = 0
    for (let i = 2; i <= n; i += 1) logFactorial += Math.log(i)
    return logFactorial - (n + 0.5) * Math.log(n) + n - HALF_LOG_2PI
  }
  const q = 1 / (n * n)
  return (1 / 12 - q * (1 / 360 - q * (1 / 1260 - q * (1 / 1680 - q / 1188)))) / n
}

/** x ln(x/mean) + mean - x, by its series where the two are close. */
function deviance(x: number, mean: number): number {
  const difference = x - mean
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference
  const v = difference / (x + mean)
  let sum = difference * v
  let term = 2 * x * v
  for (let j = 1; ; j += 1) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (next === sum) return sum
    sum = next
  }
}

/** ln Pr[Bin(n, p) = x] for whole x from 0 to n and 0 < p < 1. */
export function logBinomial(x: number, n: number, p: number): number {
  if (x === 0) return n * Math.log1p(-p)
  if (x === n) return n * Math.log(p)
  const stirling = stirlingError(n) - stirlingError(x) - stirlingError(n - x)
  const deviances = deviance(x, n * p) + deviance(n - x, n * (1 - p))
  return stirling - deviances - HALF_LOG_2PI - 0.5 * Math.log((x * (n - x)) / n)
}

/** Pr[Bin(n, p) >= x], for x at or above the mean. */
export function binomialUpperTail(x: number, n: number, p: number): number {
  if (x > n) return 0
  const odds = p / (1 - p)
  let sum = 1
  for (let term = 1, i = x; i < n && term > sum * NEGLIGIBLE; i += 1) {
    term *= ((n - i) / (i + 1)) * odds
    sum += term
  }
  return Math.min(1, sum * Math.exp(logBinomial(x, n, p)))
}

/**
 * Pr[Hyp <= x]: at most x marked ones among `drawn` of a `population` with `marked` marked ones.
 * @throws when the numbers do not fit each other.
 */
export function hypergeometricLowerTail(
  x: number,
  population: number,
  marked: number,
  drawn: number,
): number {
  if (!(marked >= 0 && marked <= population && drawn >= 0 && drawn <= population))
    refuse(
      'hypergeometric draw',
      [population, marked, drawn],
      'marked and drawn fit the population',
    )
  const least = Math.max(0, drawn + marked - population)
  const most = Math.min(drawn, marked)
  if (x < least) return 0
  if (x >= most) return 1
  let sum = 1
  for (let term = 1, i = x; i > least && term > sum * NEGLIGIBLE; i -= 1) {
    term *= (i * (population - marked - drawn + i)) / ((marked - i + 1) * (drawn - i + 1))
    sum += term
  }
  return Math.min(1, sum * Math.exp(logHypergeometric(x, population, marked, drawn)))
}

/** Product of three binomials at p = drawn/population, so that again nothing large cancels. */
function logHypergeometric(x: number, population: number, marked: number, drawn: number): number {
  if (drawn === 0 || drawn === population) return 0
  const p = drawn / population
  const both = logBinomial(x, marked, p) + logBinomial(drawn - x, population - marked, p)
  return both - logBinomial(drawn, population, p)
}

/**
 * gamma_bin: a deviation c with Pr[Bin(n, delta) >= n (delta + c)] <= eps^2, the smallest whole count that has it.
 * @param n trials; a fraction is cut off. @param delta probability of each, 0 to 1. @param eps its square is the failure.
 * Falls back on the safe sqrt(ln(1/eps)/n) where that is the smaller one.
 */
export function gammaBin(n: number, delta: number, eps: number): number {
  const trials = Math.floor(n)
  if (delta === 0) return 0
  if (!(trials >= 1) || delta >= 1) return 1
  const safe = Math.sqrt(-Math.log(eps) / trials)
  let low = Math.floor(trials * delta)
  let high = Math.min(trials + 1, Math.ceil(trials * (delta + safe)))
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (binomialUpperTail(middle, trials, delta) <= eps * eps) high = middle
    else low = middle
  }
  return Math.min(safe, high / trials - delta)
}
