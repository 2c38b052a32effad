import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import vectors from '../vectors/toeplitz.json'
import { packBits, unpackBits, xorBytes } from './bits'
import { fromHex, toHex } from './hex.testing'
import { toeplitzHash, toeplitzNaive } from './toeplitz'
import { amplify, amplifyPacked } from './toeplitz-amplify'
import type { ToeplitzKernel } from './toeplitz-kernel'
import { transformSize } from './toeplitz-plan'

const wasm = join(import.meta.dirname, '../../../out/kernels/toeplitz.wasm')
const kernelModule = new WebAssembly.Module(readFileSync(wasm))

/** A fresh kernel with its own memory. */
function freshKernel(): ToeplitzKernel {
  const stop = () => {
    throw new Error('the kernel stopped')
  }
  const { exports } = new WebAssembly.Instance(kernelModule, { env: { abort: stop } })
  return exports as unknown as ToeplitzKernel
}

const kernel = freshKernel()
const bits = (count: number): Uint8Array =>
  unpackBits(new Uint8Array(randomBytes(Math.ceil(count / 8))), Math.ceil(count / 8) * 8).slice(
    0,
    count,
  )

/** The kernel's own answer with a chosen size of transform, unguarded. */
function rawHash(x: Uint8Array, seed: Uint8Array, m: number, groups: number, length: number) {
  expect(kernel.prepare(x.length, m, groups, length)).toBe(1)
  const memory = new Uint8Array(kernel.memory.buffer)
  memory.set(packBits(x), kernel.inputAddress())
  memory.set(packBits(seed), kernel.seedAddress())
  kernel.hash()
  const from = kernel.outputAddress()
  return unpackBits(memory.slice(from, from + Math.ceil(m / 8)), m)
}

describe('Toeplitz kernel', () => {
  it.each(Array.from({ length: 16 }, (_, i) => i + 1))(
    'equals the matrix with %i groups, at full and at odd sizes',
    (groups) => {
      const full = 8 * groups * 64
      for (const [n, m] of [
        [full - 99, 100],
        [Math.floor(full / 2), Math.floor(full / 3)],
        [Math.floor(full / 5) + 1, Math.floor(full / 5)],
        [1, 7],
        [77, 1],
      ]) {
        const [x, seed] = [bits(n), bits(n + m - 1)]
        const label = `n ${n}, m ${m}`
        expect(rawHash(x, seed, m, groups, 64), label).toEqual(toeplitzNaive(x, seed, m))
      }
    },
  )

  it.each([64, 128, 256, 512, 1024, 2048, 4096])('equals the twin with length %i', (length) => {
    const [n, m] = [8 * 3 * length - 8 * length + 5, 8 * length - 17]
    const [x, seed] = [bits(n), bits(n + m - 1)]
    expect(rawHash(x, seed, m, 3, length)).toEqual(toeplitzHash(x, seed, m))
    expect(kernel.rounding()).toBeLessThan(0.01)
    expect(kernel.disagreements()).toBe(0)
  })

  it.each([1, 2, 3, 5, 8, 16])('equals the matrix in several blocks, with %i groups', (groups) => {
    const full = 8 * groups * 64
    for (const [n, m] of [
      [full, 2],
      [full + 7, Math.floor(full / 2)],
      [2 * full + 3, full - 71],
      [3 * full - 1, Math.floor(full / 3)],
      [4 * full + 64, 100],
    ]) {
      const [x, seed] = [bits(n), bits(n + m - 1)]
      const label = `n ${n}, m ${m}`
      expect(rawHash(x, seed, m, groups, 64), label).toEqual(toeplitzNaive(x, seed, m))
      if (m >= 72) expect(kernel.disagreements(), label).toBe(0)
    }
  })

  it.each([128, 1024, 4096])('equals the twin in three blocks of length %i', (length) => {
    const [n, m] = [10 * 3 * length + 5, 3 * length - 17]
    const [x, seed] = [bits(n), bits(n + m - 1)]
    expect(rawHash(x, seed, m, 2, length)).toEqual(toeplitzHash(x, seed, m))
    expect(kernel.rounding()).toBeLessThan(0.01)
  })

  it('refuses sizes that no block fits', () => {
    expect(kernel.prepare(10_000, 512 - 70, 1, 64)).toBe(0)
    expect(kernel.prepare(10_000, 512 - 71, 1, 64)).toBe(1)
  })

  it('counts outputs that differ from the definition', () => {
    const [n, m] = [3001, 1003]
    rawHash(bits(n), bits(n + m - 1), m, 8, 64)
    expect(kernel.disagreements()).toBe(0)
    const from = kernel.outputAddress()
    const output = new Uint8Array(kernel.memory.buffer, from, Math.ceil(m / 8))
    for (let i = 0; i < output.length; i++) output[i] ^= 0xff
    expect(kernel.disagreements()).toBe(8)
  })

  it('leaves nothing of the key in its memory', () => {
    const own = freshKernel()
    const [n, m] = [20_000, 6000]
    const [x, seed] = [bits(n), bits(n + m - 1)]
    const y = packBits(amplify(x, seed, m, own))
    const memory = Buffer.from(own.memory.buffer)
    for (const key of [packBits(x), y]) {
      for (let i = 0; i + 8 <= key.length; i += 8) {
        expect(memory.indexOf(key.subarray(i, i + 8)), `bytes from ${i}`).toBe(-1)
      }
    }
    const touched = memory.subarray(own.inputAddress(), own.outputAddress() + y.length)
    expect(touched.every((byte) => byte === 0)).toBe(true)
  })
})

describe('amplify', () => {
  it.each(vectors.cases.filter(({ kind }) => kind === 'toeplitz'))(
    'vector $name',
    ({ n, m, x_hex, seed_hex, seed_bits, y_hex }) => {
      const [x, seed] = [unpackBits(fromHex(x_hex), n), unpackBits(fromHex(seed_hex), seed_bits)]
      expect(toHex(packBits(amplify(x, seed, m, kernel)))).toBe(y_hex)
      expect(toHex(packBits(amplify(x, seed, m)))).toBe(y_hex)
    },
  )

  it.each([
    [1, 1],
    [127, 127],
    [128, 128],
    [1000, 333],
    [4097, 1365],
    [65_537, 65_537],
    [100_003, 33_331],
    [262_144, 131_073],
    [524_289, 200],
    [600_001, 200_003],
  ])('by the kernel equals the twin at n = %i, m = %i', (n, m) => {
    const [x, seed] = [bits(n), bits(n + m - 1)]
    expect(amplify(x, seed, m, kernel)).toEqual(toeplitzHash(x, seed, m))
  })

  it('equals single rows of the matrix at ten million bits', () => {
    const [n, m] = [10_000_001, 3_333_337]
    const [x, seed] = [bits(n), bits(n + m - 1)]
    const { y, way, rounding } = amplifyPacked(packBits(x), n, packBits(seed), m, kernel)
    expect(way).toBe('single precision')
    expect(rounding).toBeLessThan(0.02)
    const hashed = unpackBits(y, m)
    for (const i of [0, 1, 7, 65_537, 1_048_576, 2_222_222, 3_000_001, m - 2, m - 1]) {
      expect(hashed[i], `row ${i}`).toBe(toeplitzNaive(x, seed.subarray(i, i + n), 1)[0])
    }
  })

  it('is linear for one seed, gives nothing for nothing, and takes all ones', () => {
    const [n, m] = [300_007, 99_991]
    const [a, b, seed] = [bits(n), bits(n), bits(n + m - 1)]
    const sum = xorBytes(amplify(a, seed, m, kernel), amplify(b, seed, m, kernel))
    expect(amplify(xorBytes(a, b), seed, m, kernel)).toEqual(sum)
    expect(amplify(new Uint8Array(n), seed, m, kernel)).toEqual(new Uint8Array(m))
    const ones = new Uint8Array(n).fill(1)
    expect(amplify(ones, seed, m, kernel)).toEqual(toeplitzHash(ones, seed, m))
    expect(amplify(new Uint8Array(0), new Uint8Array(0), 0, kernel)).toHaveLength(0)
  })

  it('refuses what is no key, no seed or no length', () => {
    const x = bits(1000)
    expect(() => amplify(x, bits(1298), 300, kernel)).toThrow(/1298 bits, 1299 are needed/)
    expect(() => amplify(x, bits(1299), 300.5, kernel)).toThrow(/no length 300.5/)
    expect(() => amplify(x, bits(1299), -1, kernel)).toThrow(/no length -1/)
    expect(() => amplify(x, bits(2000), 1001, kernel)).toThrow(/1001 bits cannot come from 1000/)
    expect(() => amplify(x.fill(2), bits(1299), 300, kernel)).toThrow(/value 2/)
    const packed = new Uint8Array(125)
    const seed = new Uint8Array(163)
    expect(() => amplifyPacked(packed, 1001, seed, 300, kernel)).toThrow(/125 bytes, 126 are/)
    expect(() => amplifyPacked(packed.fill(255), 999, seed, 300, kernel)).toThrow(/beyond its 999/)
    expect(() => amplifyPacked(packed, -8, seed, 300, kernel)).toThrow(/-8/)
  })
})

describe('guard against lost precision', () => {
  const [n, m] = [1_000_003, 250_001]
  const x = bits(n)
  const packed = packBits(x)
  const parity = x.reduce((sum, bit) => sum ^ bit, 0)

  it('a constant seed trips it, and the answer by a masked seed is exact', () => {
    const ones = packBits(new Uint8Array(n + m - 1).fill(1))
    const { y, way } = amplifyPacked(packed, n, ones, m, kernel)
    expect(way).toBe('masked seed')
    expect(unpackBits(y, m)).toEqual(new Uint8Array(m).fill(parity))
    // Without the guard the answer would be wrong or its rounding unseen.
    rawHash(x, new Uint8Array(n + m - 1).fill(1), m, ...sizeOf(n, m))
    expect(Math.max(kernel.rounding() / 0.1, kernel.magnitude() / 2 ** 17)).toBeGreaterThan(1)
  })

  it('a periodic seed gives the exact answer', () => {
    const seed = Uint8Array.from({ length: n + m - 1 }, (_, i) => i & 1)
    const { y } = amplifyPacked(packed, n, packBits(seed), m, kernel)
    const hashed = unpackBits(y, m)
    for (const i of [0, 1, 125_000, m - 1]) {
      expect(hashed[i], `row ${i}`).toBe(toeplitzNaive(x, seed.subarray(i, i + n), 1)[0])
    }
  })

  it('a seed made against the mask too is left to doubles, exactly', () => {
    const half = (n + m - 1) >> 1
    const mask = unpackBits(maskOf(packed, n, m), n + m - 1)
    const seed = mask.map((bit, i) => (i < half ? 0 : bit ^ 1))
    const { y, way } = amplifyPacked(packed, n, packBits(seed), m, kernel)
    expect(way).toBe('double precision')
    const hashed = unpackBits(y, m)
    for (const i of [0, 1, 131_071, 200_000, m - 1]) {
      expect(hashed[i], `row ${i}`).toBe(toeplitzNaive(x, seed.subarray(i, i + n), 1)[0])
    }
  })

  it.each([
    ['rounding', 0.2],
    ['rounding', NaN],
    ['magnitude', 2 ** 18],
    ['disagreements', 1],
    ['prepare', 0],
  ])('%s of %d sends the block to doubles', (figure, value) => {
    const doubtful = { ...kernelAsObject(), [figure]: () => value }
    const [short, seed] = [bits(5000), bits(6999)]
    const { y, way } = amplifyPacked(packBits(short), 5000, packBits(seed), 2000, doubtful)
    expect(way).toBe('double precision')
    expect(unpackBits(y, 2000)).toEqual(toeplitzNaive(short, seed, 2000))
  })
})

const sizeOf = (n: number, m: number): [number, number] => {
  const { groups, length } = transformSize(n, m)
  return [groups, length]
}

/** The kernel as a plain object, so that single functions can be replaced. */
const kernelAsObject = (): ToeplitzKernel => ({ ...kernel })

/** The mask, as it reaches the kernel when the seed is zero and the first run is doubted. */
function maskOf(x: Uint8Array, n: number, m: number): Uint8Array {
  const seen: Uint8Array[] = []
  const bytes = Math.ceil((n + m - 1) / 8)
  const watching: ToeplitzKernel = {
    ...kernelAsObject(),
    hash: () => {
      const from = kernel.seedAddress()
      seen.push(new Uint8Array(kernel.memory.buffer).slice(from, from + bytes))
      kernel.hash()
    },
    rounding: () => (seen.length === 1 ? 1 : kernel.rounding()),
  }
  amplifyPacked(x, n, new Uint8Array(bytes), m, watching)
  const mask = seen[1]
  const spare = bytes * 8 - (n + m - 1)
  mask[bytes - 1] &= 0xff << spare
  return mask
}
