/**
 * One frame of Cascade in linear memory: the same steps as the plain twin in `domain/qkd/cascade-frame.ts`, which
 * explains them. One instance serves one party.
 */
import { parity } from './cascade/bit-set'
import * as layout from './cascade/layout'
import {
  allocate,
  Frame,
  FRAME_BYTES,
  MAX_PASSES,
  Pass,
  PASS_BYTES,
  passOf,
  staging,
} from './cascade/layout'
import { order } from './cascade/order'
import * as steps from './cascade/steps'

/** Frames shorter than this permute bit by bit in every pass. */
const SLICED_FROM: u32 = 1 << 16
const RECORD_BYTES: usize = (FRAME_BYTES + MAX_PASSES * PASS_BYTES + 15) & ~15

/** Where bytes are handed over: a key, one bit a byte, or packed differences at its beginning. */
export function input(): usize {
  return staging
}

/** Where packed parities are handed back. */
export function output(): usize {
  return layout.output
}

/** Whether the first n bytes of the input are all 0 or 1. */
export function holdsBits(n: u32): bool {
  memory.fill(staging + n, 0, 16)
  let any = i8x16.splat(0)
  for (let i: u32 = 0; i < n; i += 16) any = v128.or(any, v128.load(staging + i))
  return !v128.any_true(v128.and(any, i8x16.splat(<i8>0xfe)))
}

/** A frame of the n bytes in the input, each 0 or 1; 0 when memory is short. `corrects` at Bob alone. */
export function create(n: u32, corrects: bool): usize {
  const words = (((n + 63) >> 6) + 63) & ~63
  const activeBytes: usize = words << 8
  const keyBytes: usize = (words + 2) << 3
  const at = allocate(RECORD_BYTES + activeBytes + keyBytes)
  if (!at) return 0
  const frame = changetype<Frame>(at)
  frame.n = n
  frame.words = words
  frame.corrects = corrects
  frame.active = at + RECORD_BYTES
  passOf(frame, 0).bits = frame.active + activeBytes
  packKey(n, passOf(frame, 0).bits)
  layout.occupy()
  return at
}

/** Packs the input and overwrites it; the last vector may hold bytes after the key. */
function packKey(n: u32, key: usize): void {
  memory.fill(staging + n, 0, 16)
  for (let i: u32 = 0; i < n; i += 16) {
    const bytes = v128.load(staging + i)
    store<u16>(key + (i >> 3), <u16>i8x16.bitmask(i8x16.ne(bytes, i8x16.splat(0))))
  }
  memory.fill(staging, 0, n)
}

/** Writes the key as corrected so far to the input, one bit a byte. */
export function unpackKey(at: usize): void {
  const frame = changetype<Frame>(at)
  const key = passOf(frame, 0).bits
  const spread = i8x16(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1)
  const select = i64x2.splat(<i64>0x8040201008040201)
  for (let i: u32 = 0; i < frame.n; i += 16) {
    const pair = i8x16.swizzle(i16x8.splat(<i16>load<u16>(key + (i >> 3))), spread)
    const chosen = i8x16.eq(v128.and(pair, select), select)
    v128.store(staging + i, v128.and(chosen, i8x16.splat(1)))
  }
}

/** Overwrites the first bytes of the input. */
export function wipe(bytes: usize): void {
  memory.fill(staging, 0, bytes)
}

/** Overwrites a frame, all that was computed from its key, and what was handed over. */
export function release(at: usize): void {
  wipe(layout.STAGING_BYTES)
  const frame = changetype<Frame>(at)
  for (let index: u32 = 0; index < frame.planned; index++) {
    const pass = passOf(frame, index)
    memory.fill(pass.area, 0, pass.areaBytes)
  }
  memory.fill(passOf(frame, 0).bits, 0, (<usize>(frame.words + 2)) << 3)
  memory.fill(frame.active, 0, (<usize>frame.activePeak) << 3)
  memory.fill(at, 0, RECORD_BYTES)
  layout.vacate()
}

/** Parities that the frame wants of Alice now; 0 when nothing is left. */
export function pending(at: usize): u32 {
  return changetype<Frame>(at).pending
}

/** Bits corrected so far, at Alice those that Bob has corrected. */
export function corrections(at: usize): u32 {
  return changetype<Frame>(at).corrections
}

/** Plans one more pass; false when it cannot. The three words are public and random. */
export function plan(at: usize, length: u32, offset: u32, a: u32, b: u32): bool {
  const frame = changetype<Frame>(at)
  const index = frame.planned
  if (index >= MAX_PASSES || length < 1 || length > frame.n) return false
  const pass = passOf(frame, index)
  pass.sliced = index > 1 && frame.n >= SLICED_FROM
  pass.length = length
  pass.end = pass.sliced ? frame.words << 6 : frame.n
  pass.blocks = (pass.end + length - 1) / length
  order(pass, pass.sliced ? frame.words : frame.n, offset, a, b)
  if (!placeSets(frame, pass, index > 0)) return false
  frame.planned++
  return true
}

function placeSets(frame: Frame, pass: Pass, permuted: bool): bool {
  const bytes: usize = (<usize>frame.words + 2) << 3
  pass.areaBytes = bytes * (permuted ? 3 : 2) + ((<usize>frame.words + 128) >> 3)
  pass.area = allocate(pass.areaBytes)
  pass.bounds = pass.area
  pass.odd = pass.area + bytes
  if (permuted) pass.bits = pass.area + 2 * bytes
  pass.dirty = pass.area + bytes * (permuted ? 3 : 2)
  return pass.area != 0
}

/** Finds what to ask first, or after a pass was added; false when the answers contradict each other. */
export function schedule(at: usize): bool {
  return steps.schedule(changetype<Frame>(at))
}

/** Writes the pending parities of the own bits to the output, packed, most significant bit first. */
export function parities(at: usize): void {
  const frame = changetype<Frame>(at)
  const pass = passOf(frame, frame.current)
  const out = layout.output
  const count = frame.pending
  const opening = frame.opening
  let bits: u32 = 0
  for (let i: u32 = 0; i < count; i++) {
    bits = (bits << 1) | (opening ? blockParity(pass, i) : leftParity(frame, pass, i))
    if ((i & 7) == 7) store<u8>(out + (i >> 3), bits)
  }
  if (count & 7) store<u8>(out + (count >> 3), bits << (8 - (count & 7)))
}

function blockParity(pass: Pass, block: u32): u32 {
  const start = block * pass.length
  return parity(pass.bits, start, min(start + pass.length, pass.end))
}

function leftParity(frame: Frame, pass: Pass, i: u32): u32 {
  const at = frame.active + ((<usize>i) << 3)
  const start = load<u32>(at)
  return parity(pass.bits, start, steps.middle(start, load<u32>(at, 4)))
}

/** Turns Alice's packed parities in the input into differences, in place. */
export function differ(at: usize): void {
  parities(at)
  const bytes = (pending(at) + 7) >> 3
  const own = layout.output
  for (let i: u32 = 0; i < bytes; i++) {
    store<u8>(staging + i, load<u8>(staging + i) ^ load<u8>(own + i))
  }
}

/** Takes in the differences of the pending parities; false when they contradict earlier ones. */
export function advance(at: usize): bool {
  const frame = changetype<Frame>(at)
  if (frame.opening) steps.settleBlocks(frame)
  else steps.settleHalves(frame)
  return steps.schedule(frame)
}
