/** Copies of the key in the order of a pass. */
import { word } from './bit-set'
import { Frame, Pass, passOf, staging } from './layout'
import { forward, scramble, turn } from './order'

/** The key bit by bit: four positions are permuted in a vector. */
export function scatter(frame: Frame, pass: Pass): void {
  const key = passOf(frame, 0).bits
  const lanes = i32x4(0, 1, 2, 3)
  const n = frame.n
  for (let from: u32 = 0; from < n; from += 64) {
    let bits: u64 = 0
    // The word is filled from above: after 16 vectors the first bit has come down to place 0.
    for (let i = from; i < from + 64; i += 4) {
      // Beyond the last position a walk might never come back below n.
      const positions = i32x4.min_u(i32x4.add(i32x4.splat(i), lanes), i32x4.splat(n - 1))
      const x = scrambleFour(pass, positions)
      bits = (bits >> 1) | (bitAt(key, pass, n, i32x4.extract_lane(x, 0)) << 63)
      bits = (bits >> 1) | (bitAt(key, pass, n, i32x4.extract_lane(x, 1)) << 63)
      bits = (bits >> 1) | (bitAt(key, pass, n, i32x4.extract_lane(x, 2)) << 63)
      bits = (bits >> 1) | (bitAt(key, pass, n, i32x4.extract_lane(x, 3)) << 63)
    }
    store<u64>(pass.bits + (from >> 3), bits)
  }
  const rest = n & 63
  const last = pass.bits + ((n >> 6) << 3)
  if (rest) store<u64>(last, load<u64>(last) & (~(<u64>0) >> (64 - rest)))
}

function scrambleFour(pass: Pass, x: v128): v128 {
  const mask = i32x4.splat(pass.mask)
  x = v128.and(i32x4.mul(v128.xor(x, i32x4.splat(pass.offset)), i32x4.splat(pass.a)), mask)
  x = v128.xor(x, i32x4.shr_u(x, pass.shift))
  x = v128.and(i32x4.mul(x, i32x4.splat(pass.b)), mask)
  return v128.xor(x, i32x4.shr_u(x, pass.shift))
}

/** The key's bit at a permuted position, which is walked on while it lies beyond the key. */
function bitAt(key: usize, pass: Pass, n: u32, place: u32): u64 {
  while (place >= n) place = scramble(place, pass.offset, pass.a, pass.b, pass.shift, pass.mask)
  return word(key, place >> 6) >> ((<u64>place) & 63)
}

/** Turned words in a random order, 64 at a time made columns. */
export function slice(frame: Frame, pass: Pass): void {
  const key = passOf(frame, 0).bits
  const stride = frame.words >> 6
  for (let group: u32 = 0; group < stride; group++) {
    for (let i: u32 = 0; i < 64; i++) {
      const slot = (group << 6) + i
      const turned = rotl(word(key, forward(pass, slot)), turn(pass, slot))
      store<u64>(staging + (i << 3), turned)
    }
    transpose(staging)
    for (let column: u32 = 0; column < 64; column++) {
      const to = ((column * pass.a) & 63) * stride + group
      store<u64>(pass.bits + (to << 3), word(staging, column))
    }
  }
  memory.fill(staging, 0, 512)
}

/** Transposes 64 words of 64 bits in place. */
function transpose(rows: usize): void {
  let mask: u64 = 0x00000000ffffffff
  for (let width: u32 = 32; width; width >>= 1) {
    for (let row: u32 = 0; row < 64; row = (row + width + 1) & ~width) {
      const swap = ((word(rows, row) >> width) ^ word(rows, row + width)) & mask
      store<u64>(rows + ((row + width) << 3), word(rows, row + width) ^ swap)
      store<u64>(rows + (row << 3), word(rows, row) ^ (swap << width))
    }
    mask ^= mask << (width >> 1)
  }
}
