/**
 * Quantile of the binomial distribution, exact for tails far below what doubles resolve next to 1.
 * Probability mass by Loader's saddle-point form (Fast and accurate computation of binomial probabilities, 2000):
 * no difference of large log-gammas is taken. Lower tail from the mass by the continued fraction of the
 * incomplete beta function (Didonato, Morris, ACM TOMS 18, 360 (1992)).
 * Validity: n up to 2^53, relative error of the tail about 1e-12.
 */

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI)
const MAX_FRACTION_TERMS = 100_000

/** ln n! minus Stirling's formula for it. */
function stirlingError(n: number): number {
  if (n < 16) {
    let logFactorial = 0
    for (let i = 2; i <= n; i++) logFactorial += Math.log(i)
    return logFactorial - (n + 0.5) * Math.log(n) + n - HALF_LOG_2PI
  }
  const n2 = n * n
  const tail = 1 / 1260 - (1 / 1680 - 1 / 1188 / n2) / n2
  return (1 / 12 - (1 / 360 - tail / n2) / n2) / n
}

/** x ln(x/m) + m - x without cancellation for x near m. */
function deviance(x: number, m: number): number {
  const v = (x - m) / (x + m)
  if (Math.abs(v) > 0.1) return x * Math.log(x / m) + m - x
  let sum = (x - m) * v
  let term = 2 * x * v
  for (let j = 3; ; j += 2) {
    term *= v * v
    const next = sum + term / j
    if (next === sum) return sum
    sum = next
  }
}

/** Natural logarithm of the probability of exactly k successes in n trials. */
export function logBinomialMass(k: number, n: number, p: number): number {
  if (k === 0) return n * Math.log1p(-p)
  if (k === n) return n * Math.log(p)
  const errors = stirlingError(n) - stirlingError(k) - stirlingError(n - k)
  const distance = deviance(k, n * p) + deviance(n - k, n * (1 - p))
  return errors - distance + 0.5 * Math.log(n / k / (n - k)) - HALF_LOG_2PI
}

/** Continued fraction of the incomplete beta function I_x(a, b), x below its mean, by Lentz's method. */
function betaFraction(a: number, b: number, x: number): number {
  const kept = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value)
  let c = 1
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1))
  let sum = d
  for (let m = 1; m <= MAX_FRACTION_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / kept(1 + even * d)
    c = kept(1 + even / c)
    sum *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / kept(1 + odd * d)
    c = kept(1 + odd / c)
    sum *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return sum
}

/** Probability of k successes or fewer in n trials, relative accuracy kept in the lower tail. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n) return 1
  if (k > n * p) return 1 - binomialCdf(n - k - 1, n, 1 - p)
  return Math.exp(logBinomialMass(k, n, p)) * p * betaFraction(n - k, k + 1, 1 - p)
}

/**
 * Smallest number of successes whose cumulative probability reaches `probability`.
 * @throws unless n is a whole number from 0 to 2^53, p lies in [0, 1] and the probability in (0, 1).
 */
export function binomialQuantile(probability: number, n: number, p: number): number {
  if (!Number.isSafeInteger(n) || n < 0) refuse('number of trials', n, 'a whole number to 2^53')
  if (!(p >= 0 && p <= 1)) refuse('probability of success', p, 'from 0 to 1')
  if (!(probability > 0 && probability < 1)) refuse('probability', probability, 'within 0 and 1')
  if (p === 0 || n === 0) return 0
  if (p === 1) return n
  let [below, reached] = bracket(probability, n, p)
  while (reached - below > 1) {
    const middle = Math.floor(below + (reached - below) / 2)
    if (binomialCdf(middle, n, p) >= probability) reached = middle
    else below = middle
  }
  return reached
}

/** Two places around the quantile: the first does not reach the probability, the second does. */
function bracket(probability: number, n: number, p: number): [number, number] {
  const guess = Math.floor(approximateQuantile(probability, n, p))
  let below = Math.max(-1, Math.min(n - 1, guess - 1))
  for (let step = 2; below >= 0 && binomialCdf(below, n, p) >= probability; step *= 2) {
    below = Math.max(-1, below - step)
  }
  let reached = Math.max(below + 1, Math.min(n, guess + 1))
  for (let step = 2; reached < n && binomialCdf(reached, n, p) < probability; step *= 2) {
    below = reached
    reached = Math.min(n, reached + step)
  }
  return [below, reached]
}

/**
 * Cornish-Fisher estimate of the quantile, smooth in all arguments: within a few of the exact one for
 * variances above about 50. Normal quantile by Abramowitz and Stegun 26.2.23.
 */
export function approximateQuantile(probability: number, n: number, p: number): number {
  const z = normalQuantile(probability)
  const variance = n * p * (1 - p)
  const sigma = Math.sqrt(variance)
  const skew = ((z * z - 1) * (1 - 2 * p)) / 6
  const flatness = ((z * z - 3) * (1 - 6 * p * (1 - p))) / 24
  const squaredSkew = ((2 * z * z - 5) * (1 - 2 * p) ** 2) / 36
  const third = variance > 0 ? (z * (flatness - squaredSkew)) / sigma : 0
  return n * p + z * sigma + skew + third
}

function normalQuantile(probability: number): number {
  const tail = Math.min(probability, 1 - probability)
  const t = Math.sqrt(-2 * Math.log(tail))
  const rational =
    (2.515517 + t * (0.802853 + t * 0.010328)) /
    (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  return (probability < 0.5 ? -1 : 1) * (t - rational)
}

function refuse(what: string, value: number, right: string): never {
  throw new Error(`Binomial quantile: the ${what} is ${value}; it must be ${right}`)
}
