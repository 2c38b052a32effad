/**
 * Privacy amplification as the parties call it: by the compiled kernel where one is handed in, by its plain twin
 * otherwise or where the kernel's precision is in doubt. The result is the same bit for bit.
 */
import { bytesFor, packBits, unpackBits } from './bits'
import { toeplitzHash, toeplitzHashRounded } from './toeplitz'
import {
  KERNEL_LEAST_BITS,
  kernelHash,
  type GuardedHash,
  type ToeplitzKernel,
} from './toeplitz-kernel'

/**
 * y = T x with T[i][j] = seed[i - j + n - 1] over GF(2). Bit arrays: `x` of n bits, `seed` of n + m - 1, the result of m.
 * @throws when sizes do not fit, m exceeds n, or a value is no bit.
 */
export function amplify(
  x: Uint8Array,
  seed: Uint8Array,
  m: number,
  kernel?: ToeplitzKernel,
): Uint8Array {
  checkLength(m, x.length)
  if (!kernel) return toeplitzHash(x, seed, m)
  const packed = packBits(x)
  try {
    const { y } = amplifyPacked(packed, x.length, packedSeed(seed, x.length, m), m, kernel)
    const bits = unpackBits(y, m)
    y.fill(0)
    return bits
  } finally {
    packed.fill(0)
  }
}

/**
 * The same for packed strings, most significant bit first, zero padded: `x` of n bits, up to 10^8 and beyond, in
 * ceil(n / 8) bytes. Also tells how the hash was computed and how far its sums stood from whole numbers.
 * @throws when sizes do not fit, m exceeds n, or padding bits are set.
 */
export function amplifyPacked(
  x: Uint8Array,
  n: number,
  seed: Uint8Array,
  m: number,
  kernel?: ToeplitzKernel,
): GuardedHash {
  checkPacked('the key', x, n)
  checkLength(m, n)
  checkPacked('the seed', seed, Math.max(0, n + m - 1))
  const fits = kernel && n >= KERNEL_LEAST_BITS && m >= KERNEL_LEAST_BITS
  const hashed = fits ? kernelHash(x, n, seed, m, kernel) : undefined
  return hashed ?? twinHash(x, n, seed, m)
}

/** By doubles: slower, and precise whatever the seed. */
function twinHash(x: Uint8Array, n: number, seed: Uint8Array, m: number): GuardedHash {
  const bits = unpackBits(x, n)
  const seedBits = unpackBits(seed, Math.max(0, n + m - 1))
  const hashed = toeplitzHashRounded(bits, seedBits, m)
  bits.fill(0)
  const y = packBits(hashed.bits)
  hashed.bits.fill(0)
  return { y, way: 'double precision', rounding: hashed.rounding }
}

function packedSeed(seed: Uint8Array, n: number, m: number): Uint8Array {
  const needed = Math.max(0, n + m - 1)
  if (seed.length !== needed) {
    throw new Error(`Privacy amplification: the seed has ${seed.length} bits, ${needed} are needed`)
  }
  return packBits(seed)
}

function checkLength(m: number, n: number): void {
  if (!Number.isInteger(m) || m < 0) throw new Error(`Privacy amplification: no length ${m}`)
  if (m > n) throw new Error(`Privacy amplification: ${m} bits cannot come from ${n}`)
}

function checkPacked(what: string, bytes: Uint8Array, count: number): void {
  const needed = bytesFor(count)
  if (bytes.length !== needed) {
    throw new Error(
      `Privacy amplification: ${what} has ${bytes.length} bytes, ${needed} are needed for ${count} bits`,
    )
  }
  if (count % 8 && bytes[needed - 1] & (0xff >> (count % 8))) {
    throw new Error(`Privacy amplification: ${what} has bits set beyond its ${count}`)
  }
}
