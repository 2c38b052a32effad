/**
 * The world's seeded generator; it makes physics repeatable and never key.
 * References: xoshiro128** 1.1 (Blackman & Vigna, ACM TOMS 47, 36 (2021)), seeded by hashing a path of integers with
 * the finaliser of MurmurHash3; Marsaglia's polar method for the normal law, its tail cut past 9 sigma. Uniforms carry 53 bits, so that an exponential
 * tail is not cut at 22 means; `chance` compares 32 bits.
 */

/** Folds a number into a 32-bit hash. */
function mixed(hash: number, value: number): number {
  let h = hash ^ Math.imul(value | 0, 0xcc9e2d51)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) + 0x9e3779b9) | 0
}

/** Four words of state from a path; never all zero. */
function seededState(path: number[]): Int32Array {
  const state = Int32Array.of(1, 2, 3, 4).map((lane) => path.reduce(mixed, lane))
  if (state.every((word) => word === 0)) state[0] = 1
  return state
}

/** The index in whose share a place between 0 and the weights' sum lies. */
export function indexAt(weights: ArrayLike<number>, place: number): number {
  let left = place
  for (let k = 0; k < weights.length - 1; k++) {
    left -= weights[k]
    if (left < 0) return k
  }
  return weights.length - 1
}

export class Random {
  private spare = NaN

  /** @param state four words, not all zero; `Random.of` makes them from a path. */
  constructor(private readonly state: Int32Array) {}

  /** A generator of its own for each path of integers, such as (seed, slot, stream). */
  static of(...path: number[]): Random {
    return new Random(seededState(path))
  }

  /** 32 uniform bits as an unsigned integer. */
  bits32(): number {
    const s = this.state
    const product = Math.imul(s[1], 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const shifted = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= shifted
    s[3] = (s[3] << 11) | (s[3] >>> 21)
    return result
  }

  /** Uniform in (0, 1), never 0 or 1 exactly but by rounding at 1 - 2^-54. */
  uniform(): number {
    const high = this.bits32() >>> 5
    return (high * 67_108_864 + (this.bits32() >>> 6) + 0.5) / 9_007_199_254_740_992
  }

  /** True with the given probability, to 2^-32. */
  chance(probability: number): boolean {
    return this.bits32() < probability * 4_294_967_296
  }

  /** Exponential of mean 1. */
  exponential(): number {
    return -Math.log(this.uniform())
  }

  /** Standard normal. */
  gaussian(): number {
    const kept = this.spare
    if (kept === kept) {
      this.spare = NaN
      return kept
    }
    let x: number
    let y: number
    let square: number
    do {
      x = this.bits32() * 2 ** -31 - 1
      y = this.bits32() * 2 ** -31 - 1
      square = x * x + y * y
    } while (square >= 1 || square === 0)
    const scale = Math.sqrt((-2 * Math.log(square)) / square)
    this.spare = y * scale
    return x * scale
  }

  /** Index with the given probabilities, which sum to 1. */
  index(probabilities: ArrayLike<number>): number {
    return indexAt(probabilities, this.uniform())
  }

  /** Poisson of the given mean, conditioned on being at least 1; for means up to about 10. */
  positivePoisson(mean: number): number {
    const u = this.uniform()
    // m / (e^m - 1), the probability of exactly one, is never below 1 - m/2.
    if (u < 1 - mean / 2) return 1
    let term = mean / Math.expm1(mean)
    let left = u - term
    let count = 1
    while (left > 0 && term > 0) {
      count++
      term *= mean / count
      left -= term
    }
    return count
  }
}
