/** Bit strings of the kernel: packed, most significant bit first. */

/**
 * Gathers `streams` streams of `length` bits, one behind the other from `from` on: byte u of word [block][k] holds, from
 * bit 0 on, bit 8 * block + u of streams 8 k to 8 k + 7. Words of a block stand side by side, blocks `step` bytes
 * apart; `streams` is a multiple of four, `length` one of 64.
 */
export function interleave(
  from: usize,
  length: usize,
  streams: usize,
  to: usize,
  step: usize,
): void {
  const stride = length >> 3
  for (let k: usize = 0; k < streams; k += 8) {
    const mask = i64x2.splat(streams - k < 8 ? 0x0f0f0f0f0f0f0f0f : -1)
    const first = from + k * stride
    for (let block: usize = 0; block < stride; block += 8) {
      transposeEight(first + block, stride, to + block * step + k, step, mask)
    }
  }
}

/** Eight bytes of each of eight streams become eight words, `step` bytes apart. */
function transposeEight(at: usize, stride: usize, to: usize, step: usize, mask: v128): void {
  const s0 = v128.load64_zero(at)
  const s1 = v128.load64_zero(at + stride)
  const s2 = v128.load64_zero(at + 2 * stride)
  const s3 = v128.load64_zero(at + 3 * stride)
  const s4 = v128.load64_zero(at + 4 * stride)
  const s5 = v128.load64_zero(at + 5 * stride)
  const s6 = v128.load64_zero(at + 6 * stride)
  const s7 = v128.load64_zero(at + 7 * stride)
  const a = lowBytes(s0, s1)
  const b = lowBytes(s2, s3)
  const c = lowBytes(s4, s5)
  const d = lowBytes(s6, s7)
  const ab0 = i16x8.shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
  const ab4 = i16x8.shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
  const cd0 = i16x8.shuffle(c, d, 0, 8, 1, 9, 2, 10, 3, 11)
  const cd4 = i16x8.shuffle(c, d, 4, 12, 5, 13, 6, 14, 7, 15)
  storeWords(transposeBits(i32x4.shuffle(ab0, cd0, 0, 4, 1, 5), mask), to, step)
  storeWords(transposeBits(i32x4.shuffle(ab0, cd0, 2, 6, 3, 7), mask), to + 2 * step, step)
  storeWords(transposeBits(i32x4.shuffle(ab4, cd4, 0, 4, 1, 5), mask), to + 4 * step, step)
  storeWords(transposeBits(i32x4.shuffle(ab4, cd4, 2, 6, 3, 7), mask), to + 6 * step, step)
}

function lowBytes(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
}

function storeWords(words: v128, to: usize, step: usize): void {
  v128.store64_lane(to, words, 0)
  v128.store64_lane(to + step, words, 1)
}

/** Both words as 8 by 8 bits transposed, masked; the bytes come in the order of the streams' bits. */
function transposeBits(x: v128, mask: v128): v128 {
  x = exchange(x, 7, i64x2.splat(0x00aa00aa00aa00aa))
  x = exchange(x, 14, i64x2.splat(0x0000cccc0000cccc))
  x = exchange(x, 28, i64x2.splat(0x00000000f0f0f0f0))
  x = v128.and(x, mask)
  return i8x16.shuffle(x, x, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8)
}

/** Exchanges the bits under the mask with those `shift` places higher. */
function exchange(x: v128, shift: i32, mask: v128): v128 {
  const t = v128.and(v128.xor(x, i64x2.shr_u(x, shift)), mask)
  return v128.xor(x, v128.xor(t, i64x2.shl(t, shift)))
}

/** Fills from bit `from` to byte `end` with bits that look random: places that no output depends on. */
export function fillNoise(at: usize, from: usize, end: usize): void {
  let state: u64 = 0x9e3779b97f4a7c15
  let byte = from >> 3
  const kept = 0xff00 >> ((<u32>from) & 7)
  for (let first = true; byte < end; byte++, first = false) {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    const noise = <u32>(state >> 32)
    const old = load<u8>(at + byte)
    store<u8>(at + byte, first ? (old & kept) | (noise & ~kept) : noise)
  }
}

/** Number of ones in `bytes` bytes, a multiple of eight. */
export function countOnes(at: usize, bytes: usize): u64 {
  let ones: u64 = 0
  for (let i: usize = 0; i < bytes; i += 8) ones += popcnt<u64>(load<u64>(at + i))
  return ones
}

/** Copies `count` bits from bit `from` on to whole bytes, zero padded on the right. */
export function copyBits(source: usize, from: usize, count: usize, to: usize): void {
  const shift = (<u32>from) & 7
  const bytes = (count + 7) >> 3
  let p = source + (from >> 3)
  for (let i: usize = 0; i < bytes; i++, p++) {
    store<u8>(to + i, (((<u32>load<u8>(p)) << 8) | (<u32>load<u8>(p, 1))) >> (8 - shift))
  }
  const spare = (bytes << 3) - count
  if (spare == 0) return
  const last = to + bytes - 1
  store<u8>(last, (<u32>load<u8>(last)) & (0xff << (<u32>spare)))
}

/** The bits of a word in reverse order. */
function reverseBits(x: u64): u64 {
  x = ((x >> 1) & 0x5555555555555555) | ((x & 0x5555555555555555) << 1)
  x = ((x >> 2) & 0x3333333333333333) | ((x & 0x3333333333333333) << 2)
  x = ((x >> 4) & 0x0f0f0f0f0f0f0f0f) | ((x & 0x0f0f0f0f0f0f0f0f) << 4)
  return bswap<u64>(x)
}

/**
 * Sums of products by the definition, for eight rows: folded at to + 8 r, the parity of row r's word is the output.
 * The row's seed window ends, going back, at byte windows + r * step; `x` is zero beyond its bits.
 */
export function directRows(x: usize, bytes: usize, windows: usize, step: usize, to: usize): void {
  memory.fill(to, 0, 64)
  for (let i: usize = 0; i < bytes; i += 8) {
    const word = reverseBits(load<u64>(x + i))
    let window = windows - i
    for (let r: usize = 0; r < 64; r += 8, window += step) {
      store<u64>(to + r, load<u64>(to + r) ^ (word & load<u64>(window)))
    }
  }
}
