/**
 * Privacy amplification by a Toeplitz matrix over GF(2): T[i][j] = seed[i - j + n - 1], i < m, j < n; the seed
 * has n + m - 1 fresh public bits; y = T x. Toeplitz matrices are universal_2 (Krawczyk, CRYPTO '94), so the
 * leftover hash lemma holds: eps = 2^(-(Hmin - m)/2) / 2.
 * The fast form is block Toeplitz: blocks of x and of y of half a transform's length, products added up in the
 * spectrum, sums exact integers far below what doubles hold. It stands beside the plain matrix as its twin.
 */
import { NegacyclicTransform, type Spectrum } from './negacyclic'

/** Rounding beyond this distance from an integer makes a result doubtful; 0.5 would make it wrong. */
const ROUNDING_LIMIT = 0.1
/** Longest transform (fits a processor's cache), and the one tried when rounding is doubtful. */
const TRANSFORM_LENGTHS = [2 ** 17, 2 ** 11]

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
  checkSizes(x, seed, m)
  if (m === 0 || x.length === 0) return new Uint8Array(m)
  let worst = 0
  for (const longest of TRANSFORM_LENGTHS) {
    const { bits, rounding } = blockToeplitz(x, seed, m, Math.min(longest, enough(x.length, m)))
    if (rounding <= limit) return bits
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

/** Transform length that takes x and y in one block each. */
const enough = (n: number, m: number): number =>
  Math.max(8, 2 ** Math.ceil(Math.log2(2 * Math.max(n, m))))

/**
 * Output block r sums, over input blocks c, the products of x_c with the seed bits from
 * n - 1 + (r - c - 1) h + 1 on, h being half the transform: output i of a block stands at place h - 1 + i.
 */
function blockToeplitz(x: Uint8Array, seed: Uint8Array, m: number, length: number) {
  const transform = new NegacyclicTransform(length)
  const h = length / 2
  const inputs = Math.ceil(x.length / h)
  const outputs = Math.ceil(m / h)
  const segments = new Map<number, Spectrum>()
  const segment = (offset: number) => {
    const from = x.length - 1 + (offset - 1) * h + 1
    const spectrum = segments.get(offset) ?? transform.spectrum(seed, from, 2 * h - 1)
    segments.set(offset, spectrum)
    return spectrum
  }
  const xs = Array.from({ length: inputs }, (_, c) => transform.spectrum(x, c * h, h))
  const bits = new Uint8Array(m)
  let rounding = 0
  for (let r = 0; r < outputs; r++) {
    const sum = transform.zero()
    xs.forEach((spectrum, c) => transform.addProduct(sum, spectrum, segment(r - c)))
    segments.delete(r - inputs + 1)
    const out = bits.subarray(r * h, Math.min(m, (r + 1) * h))
    rounding = Math.max(rounding, readParities(transform.sequence(sum), out))
    erase(sum)
  }
  xs.forEach(erase)
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
