/**
 * Privacy amplification by a Toeplitz matrix over GF(2): T[i][j] = seed[i - j + n - 1], i < m, j < n; the seed
 * has n + m - 1 fresh public bits; y = T x. Toeplitz matrices are universal_2 (Krawczyk, CRYPTO '94), so the
 * leftover hash lemma holds: eps = 2^(-(Hmin - m)/2) / 2.
 * The fast form is block Toeplitz: blocks of x and of y of half a transform's length, products added up in the
 * spectrum, sums exact integers far below what doubles hold. It is the plain twin of the compiled kernel, and what
 * the kernel falls back on: 10^8 sums of 10^8 bits stay 1e-7 from whole numbers whatever the seed.
 */
import { NegacyclicTransform, type Spectrum } from './negacyclic'

/** Rounding beyond this distance from an integer makes a result doubtful; 0.5 would make it wrong. */
const ROUNDING_LIMIT = 0.1
/** Transform that fits a processor's cache, and the one tried when rounding is doubtful. */
const CACHED_LENGTH = 2 ** 17
const SHORT_LENGTH = 2 ** 11
/** More blocks of input than this cost more in sums of products than a longer transform. */
const MOST_BLOCKS = 256

/** y = T x by the matrix, bit by bit; the twin that the fast form is compared with. All bit arrays. */
export function toeplitzNaive(x: Uint8Array, seed: Uint8Array, m: number): Uint8Array {
  checkSizes(x, seed, m)
  const n = x.length
  return Uint8Array.from({ length: m }, (_, i) => {
    let bit = 0
    for (let j = 0; j < n; j++) bit ^= seed[i - j + n - 1] & x[j]
    return bit
  })
}

/**
 * y = T x by FFT. All bit arrays: `x` of n bits, `seed` of n + m - 1, the result of m.
 * @throws when sizes do not fit, a value is no bit, or rounding is doubtful at every transform length.
 */
export function toeplitzHash(
  x: Uint8Array,
  seed: Uint8Array,
  m: number,
  limit = ROUNDING_LIMIT,
): Uint8Array {
  return toeplitzHashRounded(x, seed, m, limit).bits
}

/** The same, with the largest distance of a sum from a whole number. */
export function toeplitzHashRounded(
  x: Uint8Array,
  seed: Uint8Array,
  m: number,
  limit = ROUNDING_LIMIT,
): { bits: Uint8Array; rounding: number } {
  checkSizes(x, seed, m)
  if (m === 0 || x.length === 0) return { bits: new Uint8Array(m), rounding: 0 }
  let worst = 0
  for (const length of [longLength(x.length, m), SHORT_LENGTH]) {
    const { bits, rounding } = blockToeplitz(x, seed, m, length)
    if (rounding <= limit) return { bits, rounding }
    bits.fill(0)
    worst = rounding
  }
  throw new Error(
    `Privacy amplification: rounding of ${worst} exceeds ${limit}; split the block and try again`,
  )
}

/** [T | I] x with T m by n - m and a seed of n - 1 bits: y_i = (T x[0..n-m-1])_i + x[n-m+i]. */
export function modifiedToeplitzHash(x: Uint8Array, seed: Uint8Array, m: number): Uint8Array {
  if (m > x.length) {
    throw new Error(`Privacy amplification: ${m} bits cannot come from ${x.length}`)
  }
  const head = x.length - m
  if (head === 0) return x.slice()
  return toeplitzHash(x.subarray(0, head), seed, m).map((bit, i) => bit ^ x[head + i])
}

function checkSizes(x: Uint8Array, seed: Uint8Array, m: number): void {
  const needed = Math.max(0, x.length + m - 1)
  if (!Number.isInteger(m) || m < 0) throw new Error(`Privacy amplification: no length ${m}`)
  if (seed.length !== needed) {
    throw new Error(`Privacy amplification: the seed has ${seed.length} bits, ${needed} are needed`)
  }
  for (const bits of [x, seed]) {
    const wrong = bits.findIndex((bit) => bit > 1)
    if (wrong >= 0) throw new Error(`Privacy amplification: value ${bits[wrong]} is not a bit`)
  }
}

/** Transform length: x and y in one block each where that fits the cache, longer only for very many blocks. */
function longLength(n: number, m: number): number {
  const enough = 2 ** Math.ceil(Math.log2(2 * Math.max(n, m)))
  const fewBlocks = 2 ** Math.ceil(Math.log2((2 * n) / MOST_BLOCKS))
  return Math.max(8, Math.min(enough, Math.max(CACHED_LENGTH, fewBlocks)))
}

/**
 * Output block r sums, over input blocks c, the products of x_c with the seed bits from
 * n - 1 + (r - c - 1) h + 1 on, h being half the transform: output i of a block stands at place h - 1 + i.
 * Input block after input block, so that spectra of the outputs alone are kept, and as many of the seed.
 */
function blockToeplitz(x: Uint8Array, seed: Uint8Array, m: number, length: number) {
  const transform = new NegacyclicTransform(length)
  const h = length / 2
  const segments = new Map<number, Spectrum>()
  const segment = (offset: number) => {
    const from = x.length - 1 + (offset - 1) * h + 1
    const spectrum = segments.get(offset) ?? transform.spectrum(seed, from, 2 * h - 1)
    segments.set(offset, spectrum)
    return spectrum
  }
  const sums = Array.from({ length: Math.ceil(m / h) }, () => transform.zero())
  for (let c = 0; c * h < x.length; c++) {
    const spectrum = transform.spectrum(x, c * h, h)
    sums.forEach((sum, r) => transform.addProduct(sum, spectrum, segment(r - c)))
    segments.delete(sums.length - 1 - c)
    erase(spectrum)
  }
  const bits = new Uint8Array(m)
  let rounding = 0
  sums.forEach((sum, r) => {
    const out = bits.subarray(r * h, Math.min(m, (r + 1) * h))
    rounding = Math.max(rounding, readParities(transform.sequence(sum), out))
    erase(sum)
  })
  return { bits, rounding }
}

/** What was computed from the key does not outlive the hash; the seed's spectra are public. */
function erase({ re, im }: Spectrum): void {
  re.fill(0)
  im.fill(0)
}

/** Parities of the integers at places h - 1 onwards; returns the largest distance from an integer. */
function readParities([low, high]: [Float64Array, Float64Array], out: Uint8Array): number {
  let worst = 0
  for (let i = 0; i < out.length; i++) {
    const value = i === 0 ? low[low.length - 1] : high[i - 1]
    const integer = Math.round(value)
    worst = Math.max(worst, Math.abs(value - integer))
    out[i] = Math.abs(integer) & 1
  }
  return worst
}
