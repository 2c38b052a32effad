/**
 * Toeplitz hashing by a compiled kernel in single precision, guarded. The kernel's rounding is trusted for a seed
 * that looks random; one that does not (constant, periodic) makes sums that floats do not hold. Every run is judged;
 * one in doubt is repeated as T(seed + mask) x + T(mask) x over GF(2), whose two seeds look random again.
 */
import { xorBytes } from './bits'
import { transformSize } from './toeplitz-plan'

/** What the domain uses of the compiled kernel; addresses are places in its memory. */
export interface ToeplitzKernel {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** Lays out memory for n bits in and m out; 0 when it cannot be had. */
  prepare(n: number, m: number, groups: number, length: number): number
  inputAddress(): number
  seedAddress(): number
  outputAddress(): number
  hash(): void
  /** Largest distance of a sum from a whole number in the last run. */
  rounding(): number
  /** Largest sum of the last run. */
  magnitude(): number
  /** How many of eight output bits of the last run differ from the definition. */
  disagreements(): number
  /** Overwrites the input and everything computed from it. */
  erase(): void
}

/** How a hash was computed: the last way is the plain twin. */
export type AmplificationWay = 'single precision' | 'masked seed' | 'double precision'

export interface GuardedHash {
  y: Uint8Array
  way: AmplificationWay
  /** Largest distance of a sum from a whole number. */
  rounding: number
}

/** Rounding beyond this distance from a whole number makes a run doubtful; 0.5 would make it wrong. */
const ROUNDING_LIMIT = 0.1
/** Floats of this size are 1/64 apart: larger ones could not show their rounding. */
const MAGNITUDE_LIMIT = 2 ** 17

/** Fewest bits in and out that the kernel takes; below, the twin is as fast. */
export const KERNEL_LEAST_BITS = 128

/**
 * y = T x of packed strings by the kernel: x of n bits, seed of n + m - 1, both zero padded, their sizes checked by the
 * caller. Undefined when the kernel has no memory for them or no run of it is sound.
 */
export function kernelHash(
  x: Uint8Array,
  n: number,
  seed: Uint8Array,
  m: number,
  kernel: ToeplitzKernel,
): GuardedHash | undefined {
  const { groups, length } = transformSize(n, m)
  if (!kernel.prepare(n, m, groups, length)) return undefined
  const plain = soundRun(x, seed, m, kernel)
  if (plain) return { ...plain, way: 'single precision' }
  const mask = noise(seed.length)
  const masked = soundRun(x, xorBytes(seed, mask), m, kernel)
  const ofMask = masked && soundRun(x, mask, m, kernel)
  if (!ofMask) return undefined
  const y = xorBytes(masked.y, ofMask.y)
  masked.y.fill(0)
  ofMask.y.fill(0)
  return { y, way: 'masked seed', rounding: Math.max(masked.rounding, ofMask.rounding) }
}

/** One run; undefined when its precision is in doubt. The kernel keeps nothing of it. */
function soundRun(x: Uint8Array, seed: Uint8Array, m: number, kernel: ToeplitzKernel) {
  const memory = new Uint8Array(kernel.memory.buffer)
  memory.set(x, kernel.inputAddress() >>> 0)
  memory.set(seed, kernel.seedAddress() >>> 0)
  kernel.hash()
  const rounding = kernel.rounding()
  const sound =
    rounding <= ROUNDING_LIMIT &&
    kernel.magnitude() <= MAGNITUDE_LIMIT &&
    kernel.disagreements() === 0
  const from = kernel.outputAddress() >>> 0
  const y = sound ? memory.slice(from, from + Math.ceil(m / 8)) : undefined
  kernel.erase()
  return y && { y, rounding }
}

/** Fixed bytes that look random (xorshift, Marsaglia 2003): the result does not depend on them. */
function noise(count: number): Uint8Array {
  const bytes = new Uint8Array(count)
  let state = 0x2545f491
  for (let i = 0; i < count; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[i] = state >>> 24
  }
  return bytes
}
