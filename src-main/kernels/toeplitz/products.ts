/** Products of the input's blocks with their parts of the seed, group of factors by group. */
import { interleave } from './bits'
import { convolve } from './fft'
import { ELEMENT, fillPowers } from './lanes'
import * as at from './layout'
import { cutInFour } from './radix4'
import { fillCentredTables, fillTables, reduce, RUN } from './residues'
import { FACTORS } from './twiddles'

/** Factors that turn residues so that products become cyclic, for every group. */
export function fillGroupFactors(): void {
  const runs = (at.length + RUN - 1) / RUN
  const places = 4 * <f64>at.groups * <f64>at.length
  for (let g: usize = 0; g < at.groups; g++) {
    fillPowersOf(at.fine + g * RUN * ELEMENT, RUN, g, 1 / (4 * places))
    fillPowersOf(at.coarse + g * runs * ELEMENT, runs, g, <f64>RUN / (4 * places))
  }
}

/** Lane l of element j: exp(2 pi i j (4 (4 g + l) + 1) step). */
function fillPowersOf(place: usize, count: usize, group: usize, step: f64): void {
  fillPowers(place, <i32>count, 16 * <f64>group + 1, step)
}

/** Interleaves the bits of a block and of its seed. */
export function gatherBlock(index: usize): void {
  const from = index * at.blockBits
  const bytes = (min(at.blockBits, at.n - from) + 7) >> 3
  memory.copy(at.block, at.input + (from >> 3), bytes)
  memory.fill(at.block + bytes, 0, at.groups * at.length - bytes)
  gather(at.block, at.inputBits + index * at.interleavedBytes)
  gather(at.seedOf(index), at.seedBits + index * at.interleavedBytes)
}

/** Interleaves the lower and the upper half of the streams of a string. */
function gather(from: usize, to: usize): void {
  const streams = at.groups << 2
  const step = at.blockBytes()
  interleave(from, at.length, streams, to, step)
  interleave(from + (streams * at.length) / 8, at.length, streams, to + (step >> 1), step)
}

/**
 * Sum of the products of the blocks and their seeds modulo the four factors of one group, but for the last level of
 * the transform, which is for the reading out.
 */
export function multiplyGroup(g: usize): void {
  const streams = at.groups << 2
  fillPowersOf(at.powers, streams, g, 1 / (16 * <f64>at.groups))
  fillTables(streams, at.powers, at.tables)
  fillCentredTables(streams, at.powers, at.centredTables)
  for (let b: usize = 0; b < at.blocks; b++) multiplyBlock(g, b)
}

function multiplyBlock(g: usize, index: usize): void {
  const bytes = at.length * ELEMENT
  const sum = at.residues + g * bytes
  const a = index == 0 ? sum : at.blockResidues
  const first = index == 0
  const last = index == at.blocks - 1
  const streams = at.groups << 2
  const filled = (at.blockBits + at.length - 1) / at.length
  const lower = (min(filled, streams) + 7) >> 3
  const upper = filled > streams ? (filled - streams + 7) >> 3 : 0
  const all = (streams + 7) >> 3
  const skip = index * at.interleavedBytes
  toResidues(g, at.inputBits + skip, lower, upper, at.tables, a)
  toResidues(g, at.seedBits + skip, all, all, at.centredTables, at.seedResidues)
  const quarter = bytes >> 2
  const next = at.twiddles + (at.length >> 2) * FACTORS
  for (let i: usize = 0; i < bytes; i += quarter) {
    convolve(a + i, at.seedResidues + i, sum + i, quarter, next, first, last)
  }
}

/** Residues of interleaved bits, and the first level of their transform. */
function toResidues(
  g: usize,
  bits: usize,
  lower: usize,
  upper: usize,
  tables: usize,
  to: usize,
): void {
  const runs = (at.length + RUN - 1) / RUN
  const f = at.fine + g * RUN * ELEMENT
  const c = at.coarse + g * runs * ELEMENT
  const quarter = (at.length >> 2) * ELEMENT
  reduce(bits, at.blockBytes(), lower, upper, tables, f, c, at.length, to)
  cutInFour(to, quarter, at.twiddles, quarter)
}
