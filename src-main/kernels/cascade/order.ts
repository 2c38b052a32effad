/** Public permutations, and the orders of the passes that follow from them; see `domain/qkd/cascade-order.ts`. */
import { Frame, Pass, passOf } from './layout'

export function order(pass: Pass, size: u32, offset: u32, a: u32, b: u32): void {
  let width: u32 = 2
  while (width < 32 && (<u32>1) << width < size) width++
  pass.size = size
  pass.mask = ((<u32>1) << width) - 1
  pass.shift = (width + 1) >> 1
  pass.offset = offset & pass.mask
  pass.a = a | 1
  pass.b = b | 1
  pass.aInverse = inverseOdd(pass.a)
  pass.bInverse = inverseOdd(pass.b)
}

function inverseOdd(odd: u32): u32 {
  let inverse = odd
  for (let step = 0; step < 5; step++) inverse *= 2 - odd * inverse
  return inverse
}

export function scramble(x: u32, offset: u32, a: u32, b: u32, shift: u32, mask: u32): u32 {
  x = ((x ^ offset) * a) & mask
  x = ((x ^ (x >> shift)) * b) & mask
  return x ^ (x >> shift)
}

export function forward(pass: Pass, x: u32): u32 {
  do x = scramble(x, pass.offset, pass.a, pass.b, pass.shift, pass.mask)
  while (x >= pass.size)
  return x
}

export function backward(pass: Pass, x: u32): u32 {
  const mask = pass.mask
  const shift = pass.shift
  do {
    x = ((x ^ (x >> shift)) * pass.bInverse) & mask
    x = (((x ^ (x >> shift)) * pass.aInverse) & mask) ^ pass.offset
  } while (x >= pass.size)
  return x
}

/** Places that a word of a sliced pass is turned by. */
export function turn(pass: Pass, slot: u32): u32 {
  return (slot * pass.b + pass.a) >> 26
}

export function placeOf(frame: Frame, index: u32, position: u32): u32 {
  if (index == 0) return position
  const pass = passOf(frame, index)
  if (!pass.sliced) return forward(pass, position)
  const column = position / frame.words
  const slot = position % frame.words
  return (forward(pass, slot) << 6) | ((column * pass.aInverse - turn(pass, slot)) & 63)
}

export function positionOf(frame: Frame, pass: Pass, index: u32, place: u32): u32 {
  if (index == 0) return place
  if (!pass.sliced) return backward(pass, place)
  const slot = backward(pass, place >> 6)
  return (((place + turn(pass, slot)) * pass.a) & 63) * frame.words + slot
}
