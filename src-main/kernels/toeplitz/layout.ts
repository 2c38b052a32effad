/**
 * Sizes of a run and the places of everything in memory. What was computed from the key lies between `input` and
 * `keyEnd`.
 */
import { ELEMENT } from './lanes'
import { RUN, TABLE } from './residues'
import { twiddleBytes } from './twiddles'

/** Bytes kept free beside strings that are read in whole words. */
const MARGIN: usize = 64

/** Bits in, bits out, groups of four residues, and the length of a transform and of a stream. */
export let n: usize = 0
export let m: usize = 0
export let groups: usize = 0
export let length: usize = 0

/** Number of blocks the input is cut into, and their bits; the last one may be shorter. */
export let blocks: usize = 0
export let blockBits: usize = 0
/** Place of the first output in the product, and the streams that hold outputs. */
export let firstPlace: usize = 0
export let firstStream: usize = 0
export let lastStream: usize = 0

export let input: usize = 0
export let seed: usize = 0
export let output: usize = 0
export let block: usize = 0
export let inputBits: usize = 0
export let seedBits: usize = 0
/** Interleaved bits of one block. */
export let interleavedBytes: usize = 0
export let residues: usize = 0
export let blockResidues: usize = 0
export let seedResidues: usize = 0
export let rows: usize = 0
export let keyEnd: usize = 0
export let twiddles: usize = 0
export let fine: usize = 0
export let coarse: usize = 0
export let powers: usize = 0
export let tables: usize = 0
export let centredTables: usize = 0
export let crossFactors: usize = 0
export let streamFactors: usize = 0
export let crossed: usize = 0
export let seen: usize = 0
let free: u64 = 0

/** Takes the sizes and lays the memory out; false when there is not enough of it. */
export function layOut(
  inputBitCount: usize,
  outputBitCount: usize,
  groupCount: usize,
  lengthOfOne: usize,
): bool {
  n = inputBitCount
  m = outputBitCount
  groups = groupCount
  length = lengthOfOne
  if (!cutInput()) return false
  free = (__heap_base + 63) & ~63
  placeKey()
  placeRest()
  if (free > 0xffff0000) return false
  const missing = <i32>((free + 65535) >> 16) - memory.size()
  return missing <= 0 || memory.grow(missing) >= 0
}

/**
 * The fewest blocks with which 8 * groups * length places hold a block and the outputs. One block is the input as it
 * is; more are whole words, and their seeds begin at whole bytes, up to seven bits early.
 */
function cutInput(): bool {
  const places: u64 = (<u64>groups * length) << 3
  if (<u64>n + m - 1 <= places) {
    setBlocks(1, n, n - 1)
    return true
  }
  if (<u64>m + 71 > places) return false
  const most = (places - m - 6) & ~63
  const count = <usize>((n + most - 1) / most)
  const bits = (((n + count - 1) / count + 63) >> 6) << 6
  setBlocks(count, bits, bits - 1 + (n & 7))
  return true
}

function setBlocks(count: usize, bits: usize, first: usize): void {
  blocks = count
  blockBits = bits
  firstPlace = first
  firstStream = first / length
  lastStream = (first + m - 1) / length
}

/** Hands out memory; returns the address. */
function take(bytes: u64): usize {
  const at = free
  free = (free + bytes + 63) & ~63
  return <usize>at
}

/** What must be erased after a run, from `input` to `keyEnd`. */
function placeKey(): void {
  const bytes: u64 = <u64>groups * length
  const streams = lastStream - firstStream + 1
  interleavedBytes = (length >> 3) * blockBytes()
  input = take(<u64>(n >> 3) + MARGIN)
  block = take(bytes + length)
  inputBits = take(<u64>blocks * interleavedBytes)
  residues = take(bytes * ELEMENT)
  blockResidues = take(blocks == 1 ? 0 : <u64>length * ELEMENT)
  rows = take(((<u64>streams * length) >> 3) + MARGIN)
  output = take((m >> 3) + MARGIN)
  crossed = take(6 * groups * ELEMENT)
  keyEnd = <usize>free
}

function placeRest(): void {
  const bytes: u64 = <u64>groups * length
  const runs = (length + RUN - 1) / RUN
  const streams = lastStream - firstStream + 1
  seed = take(leadBytes() + bytes + ((n + m) >> 3) + length + MARGIN) + leadBytes()
  seedBits = take(<u64>blocks * interleavedBytes)
  seedResidues = take(<u64>length * ELEMENT)
  twiddles = take(twiddleBytes(length))
  fine = take(groups * RUN * ELEMENT)
  coarse = take(groups * runs * ELEMENT)
  powers = take(4 * groups * ELEMENT)
  tables = take(((groups + 1) >> 1) * TABLE)
  centredTables = take(((groups + 1) >> 1) * TABLE)
  crossFactors = take((groups / 2 + 1) * (groups / 2 + 1) * 8)
  streamFactors = take(streams * 32)
  seen = take(ELEMENT + 64)
}

/** Bytes of interleaved bits that belong to eight places: one word for every eight streams of each half. */
export function blockBytes(): usize {
  return ((groups + 1) >> 1) << 4
}

/** Bytes before the seed where the last block's seed may begin, and that are read by whole words. */
export function leadBytes(): usize {
  return MARGIN + 8 * ((blocks + 7) & ~7)
}

/** Where the seed of a block begins: from there, place p of its product with the block is output p - firstPlace. */
export function seedOf(index: usize): usize {
  if (blocks == 1) return seed
  return seed + (n >> 3) - (index + 1) * (blockBits >> 3)
}
