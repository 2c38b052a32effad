/**
 * Privacy amplification by a Toeplitz matrix over GF(2): y_i = sum over j of seed[i - j + n - 1] x_j, i < m, n bits
 * in, seed of n + m - 1 bits, everything packed, most significant bit first.
 *
 * The sums are the middle of the product of both bit strings, read as polynomials modulo z^N' - i with
 * N' = 4 groups * length complex places (right-angle convolution: place j and place j + N' of a string are real and
 * imaginary part); the wrap-around falls on places that are not read. The modulus splits into 4 groups factors
 * z^length - zeta, zeta = exp(2 pi i (q + 1/4) / (4 groups)); residues come from bits by tables, four factors side by
 * side in a vector, and each is a cyclic product by FFT. Single precision does, because the seed is centred: t - 1/2.
 * Sums of n products of random bits are then of size sqrt(n / 8). The caller must look at `rounding`, `magnitude`
 * and `disagreements`: constant seeds make sums that floats do not hold.
 */
import { copyBits, countOnes, directRows, fillNoise, interleave } from './toeplitz/bits'
import { convolve } from './toeplitz/fft'
import { ELEMENT, fillPowers } from './toeplitz/lanes'
import { crossGroups, emitParities, fillCrossFactors, fillStreamFactors } from './toeplitz/outputs'
import { fillCentredTables, fillTables, reduce, RUN } from './toeplitz/residues'
import { fillTwiddles, twiddleBytes } from './toeplitz/twiddles'

/** Bytes kept free beside strings that are read in whole words. */
const MARGIN: usize = 64

let n: usize = 0
let m: usize = 0
let groups: usize = 0
let length: usize = 0
let firstStream: usize = 0
let lastStream: usize = 0

let input: usize = 0
let seed: usize = 0
let output: usize = 0
let inputBits: usize = 0
let seedBits: usize = 0
let residues: usize = 0
let seedResidues: usize = 0
let rows: usize = 0
let keyEnd: usize = 0
let twiddles: usize = 0
let fine: usize = 0
let coarse: usize = 0
let powers: usize = 0
let tables: usize = 0
let crossFactors: usize = 0
let streamFactors: usize = 0
let crossed: usize = 0
let seen: usize = 0
let free: u64 = 0

/** Hands out memory; returns the address. */
function take(bytes: u64): usize {
  const at = free
  free = (free + bytes + 63) & ~63
  return <usize>at
}

/**
 * Lays the memory out for n bits in and m out; 8 * groups * length places, at least n + m - 1, length a power of two
 * from 64 on. False when the memory cannot be had; then nothing else may be called.
 */
export function prepare(
  inputBitCount: u32,
  outputBitCount: u32,
  groupCount: u32,
  lengthOfOne: u32,
): bool {
  n = inputBitCount
  m = outputBitCount
  groups = groupCount
  length = lengthOfOne
  firstStream = (n - 1) / length
  lastStream = (n + m - 2) / length
  layOut()
  const pages = <i32>((free + 65535) >> 16)
  const missing = free > 0xffff0000 ? -1 : pages - memory.size()
  if (free > 0xffff0000 || (missing > 0 && memory.grow(missing) < 0)) return false
  memory.fill(input, 0, inputBits - input)
  fillFactors()
  return true
}

function layOut(): void {
  const bytes: u64 = <u64>groups * length
  const runs = (length + RUN - 1) / RUN
  const streams = lastStream - firstStream + 1
  free = (__heap_base + 63) & ~63
  input = take(bytes + length)
  inputBits = take((length >> 3) * blockBytes())
  residues = take(bytes * ELEMENT)
  rows = take((streams * length) / 8 + MARGIN)
  output = take(m / 8 + MARGIN)
  crossed = take((5 * groups + 1) * ELEMENT)
  keyEnd = <usize>free
  seed = take(bytes + length + MARGIN) + MARGIN
  seedBits = take((length >> 3) * blockBytes())
  seedResidues = take(<u64>length * ELEMENT)
  twiddles = take(twiddleBytes(length))
  fine = take(groups * RUN * ELEMENT)
  coarse = take(groups * runs * ELEMENT)
  powers = take(4 * groups * ELEMENT)
  tables = take(((groups + 1) >> 1) * 8192)
  crossFactors = take((groups / 2 + 1) * (groups / 2 + 1) * 8)
  streamFactors = take(streams * 32)
  seen = take(ELEMENT + 64)
}

function fillFactors(): void {
  const runs = (length + RUN - 1) / RUN
  const places = 4 * <f64>groups * <f64>length
  fillTwiddles(twiddles, length)
  for (let g: usize = 0; g < groups; g++) {
    fillPowersOf(fine + g * RUN * ELEMENT, RUN, g, 1 / (4 * places))
    fillPowersOf(coarse + g * runs * ELEMENT, runs, g, <f64>RUN / (4 * places))
  }
  fillCrossFactors(groups, crossFactors)
  fillStreamFactors(groups, firstStream, lastStream, 1 / places, streamFactors)
}

/** Lane l of element j: exp(2 pi i j (4 (4 g + l) + 1) step). */
function fillPowersOf(at: usize, count: usize, group: usize, step: f64): void {
  fillPowers(at, <i32>count, 16 * <f64>group + 1, step)
}

/** Where the input goes: ceil(n / 8) bytes, zero padded. */
export function inputAddress(): usize {
  return input
}

/** Where the seed goes: ceil((n + m - 1) / 8) bytes. */
export function seedAddress(): usize {
  return seed
}

/** Where the hash is found: ceil(m / 8) bytes, zero padded. */
export function outputAddress(): usize {
  return output
}

/** Hashes what stands at the two addresses. */
export function hash(): void {
  const bytes = groups * length
  fillNoise(seed, n + m - 1, bytes)
  gather(input, inputBits)
  gather(seed, seedBits)
  for (let g: usize = 0; g < groups; g++) multiplyGroup(g)
  readRows(<f32>(countOnes(input, (bytes + 7) & ~7) & 3) / 2)
  copyBits(rows, n - 1 - firstStream * length, m, output)
}

/** Bytes of interleaved bits that belong to eight places: one word for every eight streams of each half. */
function blockBytes(): usize {
  return ((groups + 1) >> 1) << 4
}

/** Interleaves the lower and the upper half of the streams of a string. */
function gather(from: usize, to: usize): void {
  const streams = groups << 2
  const step = blockBytes()
  interleave(from, length, streams, to, step)
  interleave(from + (streams * length) / 8, length, streams, to + (step >> 1), step)
}

/** Product of input and seed modulo the four factors of one group. */
function multiplyGroup(g: usize): void {
  const runs = (length + RUN - 1) / RUN
  const streams = groups << 2
  const filled = (n + length - 1) / length
  const lower = (min(filled, streams) + 7) >> 3
  const upper = filled > streams ? (filled - streams + 7) >> 3 : 0
  const all = (streams + 7) >> 3
  const step = blockBytes()
  const a = residues + g * length * ELEMENT
  const f = fine + g * RUN * ELEMENT
  const c = coarse + g * runs * ELEMENT
  fillPowersOf(powers, streams, g, 1 / (16 * <f64>groups))
  fillTables(streams, powers, tables)
  reduce(inputBits, step, lower, upper, tables, f, c, length, a)
  fillCentredTables(streams, powers, tables)
  reduce(seedBits, step, all, all, tables, f, c, length, seedResidues)
  convolve(a, seedResidues, length * ELEMENT, twiddles)
}

function readRows(offset: f32): void {
  const stride = length >> 3
  memory.fill(seen, 0, ELEMENT)
  for (let j: usize = 0; j < length; j += 4) {
    crossGroups(residues, groups, length, j, fine, coarse, crossFactors, crossed)
    const place = rows + (j >> 3)
    const upper = (j & 4) == 0
    emitParities(
      crossed,
      groups,
      firstStream,
      lastStream,
      streamFactors,
      offset,
      upper,
      place,
      stride,
      seen,
    )
  }
}

/** Largest distance of a sum from the whole number it was rounded to; 0.5 would be wrong. */
export function rounding(): f32 {
  return largestOf(seen)
}

/** Largest sum. */
export function magnitude(): f32 {
  return largestOf(seen + 16)
}

function largestOf(at: usize): f32 {
  let most: f32 = 0
  for (let i: usize = 0; i < 16; i += 4) {
    const value = load<f32>(at + i)
    // A sum that is no number compares false with everything.
    if (!(value <= most)) most = value
  }
  return most
}

/**
 * Output bits, of eight spread over the output, that differ from the definition's own sum. Needs n >= 8 and
 * m >= 72.
 */
export function disagreements(): i32 {
  const sums = seen + ELEMENT
  const firstRow: usize = -n & 7
  const step = (m - 8) / 56
  const windows = seed + ((n + firstRow) >> 3) - 8
  directRows(input, (n + 7) >> 3, windows, step, sums)
  let wrong = 0
  for (let r: usize = 0; r < 8; r++) {
    const row = firstRow + ((r * step) << 3)
    const bit = (load<u8>(output + (row >> 3)) >> (<u8>(7 - (row & 7)))) & 1
    if (<u64>bit != (popcnt<u64>(load<u64>(sums + 8 * r)) & 1)) wrong++
  }
  return wrong
}

/** Overwrites everything that was computed from the input, and the input. */
export function erase(): void {
  memory.fill(input, 0, keyEnd - input)
}
