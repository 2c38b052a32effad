/**
 * The world's seeded generator; it makes physics repeatable and never key.
 * References: xoshiro128** 1.1 (Blackman & Vigna, ACM TOMS 47, 36 (2021)), seeded by hashing a path of integers with
 * the finaliser of MurmurHash3; normal and exponential laws by the layers of ziggurat.ts. Uniforms carry 53 bits, so
 * that an exponential tail is not cut at 22 means; `chance` compares 32 bits; a normal value has 2^-23 of its
 * layer's width as resolution. Words are made in blocks: the generator's state then stays in registers.
 */
import { exponentialLayers, normalLayers } from './ziggurat'

const BLOCK = 128

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

/** The zero-truncated Poisson number at a place u between 0 and 1 of its law; for means up to about 10. */
export function positivePoisson(mean: number, u: number): number {
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

export class Random {
  private readonly words = new Uint32Array(BLOCK)
  private readonly one = new Float64Array(1)
  private at = BLOCK

  /** @param state four words, not all zero; `Random.of` makes them from a path. */
  constructor(private readonly state: Int32Array) {}

  /** A generator of its own for each path of integers, such as (seed, slot, stream). */
  static of(...path: number[]): Random {
    return new Random(seededState(path))
  }

  /** 32 uniform bits as an unsigned integer. */
  bits32(): number {
    if (this.at === BLOCK) this.refill()
    return this.words[this.at++]
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
    this.fillExponential(this.one)
    return this.one[0]
  }

  /** Standard normal. */
  gaussian(): number {
    this.fillGaussian(this.one)
    return this.one[0]
  }

  /** Fills a column with words of its own block: loops over columns are several times faster than calls. */
  fillBits32(column: Uint32Array): void {
    this.generate(column)
  }

  /** Fills a column with exponential values of mean 1. */
  fillExponential(column: Float64Array): void {
    const { edge } = exponentialLayers
    const { words } = this
    for (let i = 0; i < column.length; i++) {
      if (this.at >= BLOCK - 1) this.refill()
      const { at } = this
      this.at = at + 2
      const layer = words[at] & 255
      const x = ((words[at] >>> 8) * 2 ** 32 + words[at + 1] + 0.5) * 2 ** -56 * edge[layer]
      column[i] = x
      if (x >= edge[layer + 1]) column[i] = this.exponentialEdge(layer, x)
    }
  }

  /** Fills a column with standard normal values. */
  fillGaussian(column: Float64Array): void {
    const { edge } = normalLayers
    const { words } = this
    let { at } = this
    for (let i = 0; i < column.length; i++) {
      if (at === BLOCK) at = this.refill()
      const word = words[at++]
      const layer = word & 255
      const sign = 1 - ((word >>> 7) & 2)
      const x = ((word >>> 9) + 0.5) * 2 ** -23 * edge[layer]
      column[i] = x * sign
      if (x < edge[layer + 1]) continue
      this.at = at
      column[i] = this.normalEdge(layer, x) * sign
      at = this.at
    }
    this.at = at
  }

  /** Index with the given probabilities, which sum to 1. */
  index(probabilities: ArrayLike<number>): number {
    return indexAt(probabilities, this.uniform())
  }

  /** Poisson of the given mean, conditioned on being at least 1; for means up to about 10. */
  positivePoisson(mean: number): number {
    return positivePoisson(mean, this.uniform())
  }

  /** What lies beyond a layer's inner part: in the wedge under the density, drawn anew, or in the tail. */
  private exponentialEdge(layer: number, x: number): number {
    const { r, density } = exponentialLayers
    if (layer === 0) return r + this.exponential()
    const height = density[layer] + this.uniform() * (density[layer + 1] - density[layer])
    return height < Math.exp(-x) ? x : this.exponential()
  }

  private normalEdge(layer: number, x: number): number {
    const { density } = normalLayers
    if (layer === 0) return this.normalTail()
    const height = density[layer] + this.uniform() * (density[layer + 1] - density[layer])
    return height < Math.exp((-x * x) / 2) ? x : Math.abs(this.gaussian())
  }

  /** Marsaglia's tail of the normal law beyond r. */
  private normalTail(): number {
    const { r } = normalLayers
    for (;;) {
      const x = this.exponential() / r
      if (2 * this.exponential() > x * x) return r + x
    }
  }

  /** A new block; its first word's place. */
  private refill(): number {
    this.generate(this.words)
    this.at = 0
    return 0
  }

  /** The generator's next words, its state in registers. */
  private generate(words: Uint32Array): void {
    const { state } = this
    let [a, b, c, d] = state
    for (let i = 0; i < words.length; i++) {
      const product = Math.imul(b, 5)
      words[i] = Math.imul((product << 7) | (product >>> 25), 9)
      const shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = (d << 11) | (d >>> 21)
    }
    state[0] = a
    state[1] = b
    state[2] = c
    state[3] = d
  }
}
