/**
 * Privacy amplification by a Toeplitz matrix over GF(2): y_i = sum over j of seed[i - j + n - 1] x_j, i < m, n bits
 * in, seed of n + m - 1 bits, everything packed, most significant bit first.
 *
 * The input is cut into as many blocks as the size of the transforms asks for; each needs a part of the seed, and the
 * products of both are summed as transforms. The sums are the middle of the product of both bit strings, read as
 * polynomials modulo z^N' - i with N' = 4 groups * length complex places (right-angle convolution: place j and place
 * j + N' of a string are real and imaginary part); the wrap-around falls on places that are not read. The modulus
 * splits into 4 groups factors z^length - zeta, zeta = exp(2 pi i (q + 1/4) / (4 groups)); residues come from bits by
 * tables, four factors side by side in a vector, and each is a cyclic product by FFT. Single precision does, because
 * the seed is centred: t - 1/2. Sums of n products of random bits are then of size sqrt(n / 8). The caller must look
 * at `rounding`, `magnitude` and `disagreements`: constant seeds make sums that floats do not hold.
 */
import { copyBits, countOnes, directRows, fillNoise } from './toeplitz/bits'
import { fillCrossFactors } from './toeplitz/cross'
import { ELEMENT } from './toeplitz/lanes'
import * as at from './toeplitz/layout'
import { fillStreamFactors } from './toeplitz/parities'
import { fillGroupFactors, gatherBlock, multiplyGroup } from './toeplitz/products'
import { readRows } from './toeplitz/rows'
import { fillTwiddles } from './toeplitz/twiddles'

/**
 * Lays the memory out for n bits in and m out; 8 * groups * length places, more than m + 70, length a power of two
 * from 64 on. False when the memory cannot be had; then nothing else may be called.
 */
export function prepare(
  inputBitCount: u32,
  outputBitCount: u32,
  groupCount: u32,
  lengthOfOne: u32,
): bool {
  if (!at.layOut(inputBitCount, outputBitCount, groupCount, lengthOfOne)) return false
  memory.fill(at.input, 0, at.inputBits - at.input)
  const places = 4 * <f64>at.groups * <f64>at.length
  fillTwiddles(at.twiddles, at.length)
  fillGroupFactors()
  fillCrossFactors(at.groups, at.crossFactors)
  fillStreamFactors(at.groups, at.firstStream, at.lastStream, 1 / places, at.streamFactors)
  return true
}

/** Where the input goes: ceil(n / 8) bytes, zero padded. */
export function inputAddress(): usize {
  return at.input
}

/** Where the seed goes: ceil((n + m - 1) / 8) bytes. */
export function seedAddress(): usize {
  return at.seed
}

/** Where the hash is found: ceil(m / 8) bytes, zero padded. */
export function outputAddress(): usize {
  return at.output
}

/** Hashes what stands at the two addresses. */
export function hash(): void {
  const lead = at.leadBytes()
  fillNoise(at.seed - lead, 0, lead)
  fillNoise(at.seed, at.n + at.m - 1, at.seedOf(0) - at.seed + at.groups * at.length)
  for (let b: usize = 0; b < at.blocks; b++) gatherBlock(b)
  for (let g: usize = 0; g < at.groups; g++) multiplyGroup(g)
  const bytes = (at.n + 7) >> 3
  readRows(<f32>(countOnes(at.input, (bytes + 7) & ~7) & 3) / 2)
  copyBits(at.rows, at.firstPlace - at.firstStream * at.length, at.m, at.output)
}

/** Largest distance of a sum from the whole number it was rounded to; 0.5 would be wrong. */
export function rounding(): f32 {
  return largestOf(at.seen)
}

/** Largest sum. */
export function magnitude(): f32 {
  return largestOf(at.seen + 16)
}

function largestOf(place: usize): f32 {
  let most: f32 = 0
  for (let i: usize = 0; i < 16; i += 4) {
    const value = load<f32>(place + i)
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
  const sums = at.seen + ELEMENT
  const firstRow: usize = -at.n & 7
  const step = (at.m - 8) / 56
  const windows = at.seed + ((at.n + firstRow) >> 3) - 8
  directRows(at.input, (at.n + 7) >> 3, windows, step, sums)
  let wrong = 0
  for (let r: usize = 0; r < 8; r++) {
    const row = firstRow + ((r * step) << 3)
    const bit = (load<u8>(at.output + (row >> 3)) >> (<u8>(7 - (row & 7)))) & 1
    if (<u64>bit != (popcnt<u64>(load<u64>(sums + 8 * r)) & 1)) wrong++
  }
  return wrong
}

/** Overwrites everything that was computed from the input, and the input. */
export function erase(): void {
  memory.fill(at.input, 0, at.keyEnd - at.input)
}
