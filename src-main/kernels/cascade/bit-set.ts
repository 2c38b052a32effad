/** Bit sets: 64-bit words, position 64 w + i being bit i of word w. */

export function word(set: usize, at: u32): u64 {
  return load<u64>(set + ((<usize>at) << 3))
}

export function setBit(set: usize, at: u32): void {
  const to = set + ((<usize>(at >> 6)) << 3)
  store<u64>(to, load<u64>(to) | ((<u64>1) << (at & 63)))
}

export function parity(set: usize, from: u32, to: u32): u32 {
  const first = from >> 6
  const last = (to - 1) >> 6
  const head = ~(<u64>0) << (from & 63)
  const tail = ~(<u64>0) >> ((0 - to) & 63)
  if (first == last) return (<u32>popcnt(word(set, first) & head & tail)) & 1
  let sum = (word(set, first) & head) ^ (word(set, last) & tail)
  for (let at = first + 1; at < last; at++) sum ^= word(set, at)
  return (<u32>popcnt(sum)) & 1
}

export function startOf(bounds: usize, position: u32): u32 {
  let at = position >> 6
  let bits = word(bounds, at) & (~(<u64>0) >> (~position & 63))
  while (!bits) bits = word(bounds, --at)
  return (at << 6) + 63 - <u32>clz(bits)
}

export function endOf(bounds: usize, start: u32): u32 {
  let at = (start + 1) >> 6
  let bits = word(bounds, at) & (~(<u64>0) << ((start + 1) & 63))
  while (!bits) bits = word(bounds, ++at)
  return (at << 6) + <u32>ctz(bits)
}
