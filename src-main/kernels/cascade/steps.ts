/** The steps of a frame: opening passes, halving odd intervals, correcting; see `domain/qkd/cascade-frame.ts`. */
import { endOf, setBit, startOf, word } from './bit-set'
import { scatter, slice } from './gather'
import { Frame, Pass, passOf, staging } from './layout'
import { placeOf, positionOf } from './order'

function openNext(frame: Frame): void {
  const index = frame.opened++
  const pass = passOf(frame, index)
  if (index > 0) {
    if (pass.sliced) slice(frame, pass)
    else scatter(frame, pass)
  }
  for (let start: u32 = 0; start < pass.end; start += pass.length) setBit(pass.bounds, start)
  setBit(pass.bounds, pass.end)
  frame.current = index
  frame.opening = true
  frame.pending = pass.blocks - u32(index > 0)
}

/** @returns whether the interval is odd now. */
function toggle(pass: Pass, start: u32): bool {
  const at = pass.odd + ((<usize>(start >> 6)) << 3)
  const bits = load<u64>(at) ^ ((<u64>1) << (start & 63))
  store<u64>(at, bits)
  const odd = <bool>((bits >> (start & 63)) & 1)
  if (odd) {
    pass.oddCount++
    setBit(pass.dirty, start >> 6)
  } else pass.oddCount--
  return odd
}

function correct(frame: Frame, position: u32): void {
  const from = frame.current
  const place = placeOf(frame, from, position)
  if (place >= frame.n) {
    frame.contradiction = true
    return
  }
  frame.corrections++
  for (let index: u32 = 0; index < frame.opened; index++) {
    const pass = passOf(frame, index)
    const at = index == from ? position : positionOf(frame, pass, index, place)
    if (frame.corrects) {
      const to = pass.bits + ((<usize>(at >> 6)) << 3)
      store<u64>(to, load<u64>(to) ^ ((<u64>1) << (at & 63)))
    }
    if (index == from) continue
    const start = startOf(pass.bounds, at)
    if (!toggle(pass, start)) continue
    if (start == at && endOf(pass.bounds, at) == at + 1) frame.contradiction = true
  }
}

function enter(frame: Frame, start: u32, end: u32): void {
  if (end - start == 1) {
    correct(frame, start)
    return
  }
  const at = frame.active + ((<usize>frame.activeCount) << 3)
  frame.activeCount++
  store<u32>(at, start)
  store<u32>(at, end, 4)
}

function take(frame: Frame, index: u32): void {
  const pass = passOf(frame, index)
  const groups = frame.words >> 6
  frame.current = index
  for (let group: u32 = 0; group <= groups; group++) {
    let dirty = word(pass.dirty, group)
    if (!dirty) continue
    store<u64>(pass.dirty + (group << 3), 0)
    for (; dirty; dirty &= dirty - 1) takeWord(frame, pass, (group << 6) + <u32>ctz(dirty))
  }
  pass.oddCount = 0
}

function takeWord(frame: Frame, pass: Pass, at: u32): void {
  let bits = word(pass.odd, at)
  store<u64>(pass.odd + ((<usize>at) << 3), 0)
  for (; bits; bits &= bits - 1) {
    const start = (at << 6) + <u32>ctz(bits)
    enter(frame, start, endOf(pass.bounds, start))
  }
}

/** Finds what to ask next; false when the answers contradict each other. */
export function schedule(frame: Frame): bool {
  frame.pending = 0
  while (!frame.activeCount && !frame.contradiction) {
    let index: u32 = 0
    while (index < frame.opened && !passOf(frame, index).oddCount) index++
    if (index < frame.opened) {
      take(frame, index)
      continue
    }
    if (frame.opened == frame.planned) return true
    openNext(frame)
    if (frame.pending) return true
    frame.opening = false
  }
  frame.activePeak = max(frame.activePeak, frame.activeCount)
  if (frame.contradiction) return false
  frame.pending = frame.activeCount
  return true
}

export function middle(start: u32, end: u32): u32 {
  return start + ((end - start + 1) >> 1)
}

function difference(i: u32): u32 {
  return ((<u32>load<u8>(staging + (i >> 3))) >> (~i & 7)) & 1
}

export function settleBlocks(frame: Frame): void {
  const pass = passOf(frame, frame.current)
  let sum: u32 = 0
  frame.opening = false
  for (let block: u32 = 0; block < pass.blocks; block++) {
    const odd = block < frame.pending ? difference(block) : sum
    sum ^= odd
    if (odd) toggle(pass, block * pass.length)
  }
}

export function settleHalves(frame: Frame): void {
  const pass = passOf(frame, frame.current)
  const count = frame.pending
  frame.activeCount = 0
  for (let i: u32 = 0; i < count; i++) {
    const at = frame.active + ((<usize>i) << 3)
    const start = load<u32>(at)
    const end = load<u32>(at, 4)
    const half = middle(start, end)
    setBit(pass.bounds, half)
    const left = <bool>difference(i)
    enter(frame, select(start, half, left), select(half, end, left))
  }
}
