/**
 * Layered decoding of quasi-cyclic parity-check codes in 16-bit integers, 8 checks of one circulant a vector.
 * What it computes, with its references, stands in src-main/domain/qkd/ldpc/plain-decoder.ts, its plain twin,
 * whose decisions are the same bit for bit.
 */

/** Checks that are worked on together; a circulant's wrap-around is copied out of the way, if it falls within. */
const STRIP: i32 = 128
const LANES: i32 = 8
/** Largest magnitude of a message, in units of 1/183.25. */
const LIMIT: i16 = 2047
const ONE: i16 = 32767

let rows: i32 = 0
let columns: i32 = 0
let lifting: i32 = 0
let edges: i32 = 0
let starts: usize = 0
let blocks: usize = 0
let totals: usize = 0
let syndrome: usize = 0
let messages: usize = 0
let places: usize = 0
let wrapped: usize = 0
let incoming: usize = 0

function aligned(at: usize): usize {
  return (at + 63) & ~63
}

/** Lays out the memory for a code of `edgeCount` blocks; what was there is lost. */
export function reserve(rowCount: i32, columnCount: i32, edgeCount: i32, size: i32): void {
  rows = rowCount
  columns = columnCount
  edges = edgeCount
  lifting = size
  starts = aligned(__heap_base)
  blocks = aligned(starts + 4 * (rows + 1))
  totals = aligned(blocks + 8 * edges)
  syndrome = aligned(totals + 2 * columns * lifting)
  messages = aligned(syndrome + 2 * rows * lifting)
  places = aligned(messages + 2 * edges * lifting)
  wrapped = aligned(places + 4 * columns)
  incoming = aligned(wrapped + 2 * STRIP * columns)
  const end = incoming + 4 * LANES * columns
  const missing = <i32>((end + 0xffff) >>> 16) - memory.size()
  if (missing > 0) memory.grow(missing)
}

/** Where the first block of each base row stands: `rows` + 1 numbers of 32 bits. */
export function startsAt(): usize {
  return starts
}
/** Blocks, row by row: (column, shift), 32 bits each. */
export function blocksAt(): usize {
  return blocks
}
/** Log-likelihood ratios of all positions, 16 bits: the prior goes in, the decision comes out as their sign. */
export function totalsAt(): usize {
  return totals
}
/** Syndrome wanted: 0 or -1 for each check, 16 bits. */
export function syndromeAt(): usize {
  return syndrome
}

/** @returns iterations until the syndrome matched, or -1 when it did not within `most`. */
export function decode(most: i32): i32 {
  memory.fill(messages, 0, 2 * edges * lifting)
  for (let done = 0; done < most; done++) {
    if (matches()) return done
    for (let row = 0; row < rows; row++) updateRow(row)
  }
  return matches() ? most : -1
}

/** Overwrites priors, messages and decisions. */
export function erase(): void {
  memory.fill(totals, 0, incoming + 4 * LANES * columns - totals)
}

function matches(): bool {
  for (let row = 0; row < rows; row++) {
    for (let first = 0; first < lifting; first += STRIP) {
      if (!stripMatches(row, first)) return false
    }
  }
  return true
}

function stripMatches(row: i32, first: i32): bool {
  const width = min(STRIP, lifting)
  const degree = takePlaces(row, first, width)
  const wanted = syndrome + 2 * (row * lifting + first)
  let odd = i16x8.splat(0)
  for (let i = 0; i < 2 * width; i += 2 * LANES) {
    let parity = v128.load(wanted + i)
    for (let edge = 0; edge < degree; edge++) {
      parity = v128.xor(parity, v128.load(load<u32>(places + 4 * edge) + i))
    }
    odd = v128.or(odd, parity)
  }
  return i16x8.bitmask(odd) == 0
}

function updateRow(row: i32): void {
  const width = min(STRIP, lifting)
  const first = load<i32>(starts + 4 * row)
  const stride = 2 * lifting
  for (let check = 0; check < lifting; check += STRIP) {
    const degree = takePlaces(row, check, width)
    const sent = messages + 2 * (first * lifting + check)
    const wanted = syndrome + 2 * (row * lifting + check)
    for (let i = 0; i < 2 * width; i += 4 * LANES) {
      let signs = v128.load(wanted + i)
      let signs2 = v128.load(wanted + i, 16)
      let least = i16x8.splat(LIMIT)
      let least2 = i16x8.splat(LIMIT)
      let rest = i16x8.splat(LIMIT)
      let rest2 = i16x8.splat(LIMIT)
      let message = sent + i
      for (let edge = 0; edge < degree; edge++) {
        const place: usize = load<u32>(places + 4 * edge) + i
        const entry = incoming + 32 * edge
        const value = i16x8.sub(v128.load(place), v128.load(message))
        v128.store(entry, value)
        signs = v128.xor(signs, value)
        const size = i16x8.min_s(i16x8.abs(value), i16x8.splat(LIMIT))
        const larger = i16x8.shl(i16x8.max_s(least, size), 4)
        least = i16x8.min_s(least, size)
        const lower = i16x8.min_s(rest, larger)
        const upper = i16x8.max_s(rest, larger)
        let near = i16x8.shr_u(i16x8.sub(i16x8.splat(ONE), i16x8.sub(upper, lower)), 7)
        near = i16x8.shr_u(i16x8.mul(near, near), 8)
        near = i16x8.shr_u(i16x8.mul(near, near), 8)
        let far = i16x8.shr_u(i16x8.sub(i16x8.splat(ONE), i16x8.add_sat_s(upper, lower)), 7)
        far = i16x8.shr_u(i16x8.mul(far, far), 8)
        far = i16x8.shr_u(i16x8.mul(far, far), 8)
        const gain = i16x8.sub(i16x8.mul(near, near), i16x8.mul(far, far))
        const next = i16x8.max_s(i16x8.sub(lower, i16x8.shr_u(gain, 5)), i16x8.splat(0))
        rest = edge > 1 ? next : larger
        const value2 = i16x8.sub(v128.load(place, 16), v128.load(message, 16))
        v128.store(entry, value2, 16)
        signs2 = v128.xor(signs2, value2)
        const size2 = i16x8.min_s(i16x8.abs(value2), i16x8.splat(LIMIT))
        const larger2 = i16x8.shl(i16x8.max_s(least2, size2), 4)
        least2 = i16x8.min_s(least2, size2)
        const lower2 = i16x8.min_s(rest2, larger2)
        const upper2 = i16x8.max_s(rest2, larger2)
        let near2 = i16x8.shr_u(i16x8.sub(i16x8.splat(ONE), i16x8.sub(upper2, lower2)), 7)
        near2 = i16x8.shr_u(i16x8.mul(near2, near2), 8)
        near2 = i16x8.shr_u(i16x8.mul(near2, near2), 8)
        let far2 = i16x8.shr_u(i16x8.sub(i16x8.splat(ONE), i16x8.add_sat_s(upper2, lower2)), 7)
        far2 = i16x8.shr_u(i16x8.mul(far2, far2), 8)
        far2 = i16x8.shr_u(i16x8.mul(far2, far2), 8)
        const gain2 = i16x8.sub(i16x8.mul(near2, near2), i16x8.mul(far2, far2))
        const next2 = i16x8.max_s(i16x8.sub(lower2, i16x8.shr_u(gain2, 5)), i16x8.splat(0))
        rest2 = edge > 1 ? next2 : larger2
        message += stride
      }
      const all = rounded(boxPlus(rest, i16x8.shl(least, 4)))
      const all2 = rounded(boxPlus(rest2, i16x8.shl(least2, 4)))
      const more = i16x8.sub(rounded(rest), all)
      const more2 = i16x8.sub(rounded(rest2), all2)
      message = sent + i
      for (let edge = 0; edge < degree; edge++) {
        const place: usize = load<u32>(places + 4 * edge) + i
        const entry = incoming + 32 * edge
        const value = v128.load(entry)
        const size = i16x8.add(all, v128.and(more, i16x8.eq(i16x8.abs(value), least)))
        const sign = i16x8.shr_s(v128.xor(signs, value), 15)
        const out = i16x8.sub(v128.xor(size, sign), sign)
        v128.store(message, out)
        v128.store(place, i16x8.add(value, out))
        const value2 = v128.load(entry, 16)
        const size2 = i16x8.add(all2, v128.and(more2, i16x8.eq(i16x8.abs(value2), least2)))
        const sign2 = i16x8.shr_s(v128.xor(signs2, value2), 15)
        const out2 = i16x8.sub(v128.xor(size2, sign2), sign2)
        v128.store(message, out2, 16)
        v128.store(place, i16x8.add(value2, out2), 16)
        message += stride
      }
    }
    putBack(row, check, width)
  }
}

/** Notes where each column's part of a strip stands: in the totals, or as a copy when it wraps around. */
function takePlaces(row: i32, first: i32, width: i32): i32 {
  const from = load<i32>(starts + 4 * row)
  const degree = load<i32>(starts + 4 * row + 4) - from
  for (let edge = 0; edge < degree; edge++) {
    const block = blocks + 8 * (from + edge)
    const column = totals + 2 * lifting * load<i32>(block)
    const start = (load<i32>(block, 4) + first) & (lifting - 1)
    let place: usize = column + 2 * start
    if (start + width > lifting) {
      const straight = 2 * (lifting - start)
      const copy: usize = wrapped + 2 * STRIP * edge
      memory.copy(copy, place, straight)
      memory.copy(copy + straight, column, 2 * width - straight)
      place = copy
    }
    store<u32>(places + 4 * edge, place)
  }
  return degree
}

function putBack(row: i32, first: i32, width: i32): void {
  const from = load<i32>(starts + 4 * row)
  const degree = load<i32>(starts + 4 * row + 4) - from
  for (let edge = 0; edge < degree; edge++) {
    const copy: usize = wrapped + 2 * STRIP * edge
    if (<usize>load<u32>(places + 4 * edge) != copy) continue
    const block = blocks + 8 * (from + edge)
    const column = totals + 2 * lifting * load<i32>(block)
    const start = (load<i32>(block, 4) + first) & (lifting - 1)
    const straight = 2 * (lifting - start)
    memory.copy(column + 2 * start, copy, straight)
    memory.copy(column, copy + straight, 2 * width - straight)
  }
}

/** Magnitude of the box-plus of two magnitudes. */
function boxPlus(a: v128, b: v128): v128 {
  const lower = i16x8.min_s(a, b)
  const upper = i16x8.max_s(a, b)
  const gain = i16x8.sub(
    correction(i16x8.sub(upper, lower)),
    correction(i16x8.add_sat_s(upper, lower)),
  )
  return i16x8.max_s(i16x8.sub(lower, i16x8.shr_u(gain, 5)), i16x8.splat(0))
}

/** ln(1 + exp(-x)) as the eighth power of a straight line, 0 to 65025. */
function correction(x: v128): v128 {
  const line = i16x8.shr_u(i16x8.sub(i16x8.splat(ONE), x), 7)
  const square = i16x8.shr_u(i16x8.mul(line, line), 8)
  const fourth = i16x8.shr_u(i16x8.mul(square, square), 8)
  return i16x8.mul(fourth, fourth)
}

/** From the finer scale of the box-plus to that of the messages. */
function rounded(x: v128): v128 {
  return i16x8.shr_u(i16x8.add(x, i16x8.splat(8)), 4)
}
