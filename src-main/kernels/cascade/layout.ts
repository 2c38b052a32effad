/** The records of a frame and its passes in linear memory, and where the memory comes from. */

export const MAX_FRAME_BITS: u32 = 1 << 20
export const MAX_PASSES: u32 = 32

@unmanaged
export class Pass {
  sliced: bool
  length: u32
  /** Positions: the frame's bits, or whole columns of words in a sliced pass. */
  end: u32
  blocks: u32
  oddCount: u32
  offset: u32
  a: u32
  b: u32
  aInverse: u32
  bInverse: u32
  mask: u32
  shift: u32
  size: u32
  area: usize
  areaBytes: usize
  bits: usize
  bounds: usize
  odd: usize
  dirty: usize
}

@unmanaged
export class Frame {
  n: u32
  words: u32
  corrects: bool
  opening: bool
  contradiction: bool
  opened: u32
  planned: u32
  current: u32
  pending: u32
  activeCount: u32
  activePeak: u32
  corrections: u32
  active: usize
}

export const PASS_BYTES: usize = offsetof<Pass>()
export const FRAME_BYTES: usize = (offsetof<Frame>() + 15) & ~15

/** Bytes handed over at its beginning, packed parities handed back in its second half; also scratch. */
export const staging: usize = (__heap_base + 15) & ~15
export const output: usize = staging + (MAX_FRAME_BITS >> 1)
export const STAGING_BYTES: usize = MAX_FRAME_BITS + 16
const arena: usize = staging + STAGING_BYTES
let top: usize = arena
let live: i32 = 0
memory.grow(<i32>((arena + 0xffff) >>> 16) - memory.size())

/** Zeroed memory, or 0 when there is none; memory is reused once every frame was released. */
export function allocate(bytes: usize): usize {
  const at = top
  const end = (at + bytes + 15) & ~15
  const missing = <i32>((end + 0xffff) >>> 16) - memory.size()
  if (missing > 0 && memory.grow(missing) < 0) return 0
  top = end
  return at
}

/** One frame more is in use. */
export function occupy(): void {
  live++
}

/** One frame less; once none is left, all memory is free again. */
export function vacate(): void {
  if (--live == 0) top = arena
}

export function passOf(frame: Frame, index: u32): Pass {
  return changetype<Pass>(changetype<usize>(frame) + FRAME_BYTES + index * PASS_BYTES)
}
