import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import vectors from '../vectors/toeplitz.json'
import { packBits, unpackBits, xorBytes } from './bits'
import { fromHex, toHex } from './hex.testing'
import { modifiedToeplitzHash, toeplitzHash, toeplitzNaive } from './toeplitz'

/** The vectors' own bit stream: SHA-256 of 'name:0', 'name:1', … */
function stream(name: string, count: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(count / 256) }, (_, i) =>
    createHash('sha256').update(`${name}:${i}`).digest(),
  )
  const packed = new Uint8Array(Buffer.concat(blocks))
  return unpackBits(packed, packed.length * 8).slice(0, count)
}

describe('Toeplitz hash, vectors exact', () => {
  it.each(vectors.cases)('$name', ({ n, m, x_hex, seed_hex, seed_bits, y_hex, y_ones }) => {
    const x = unpackBits(fromHex(x_hex), n)
    const seed = unpackBits(fromHex(seed_hex), seed_bits)
    for (const hash of [toeplitzNaive, toeplitzHash]) {
      const y = hash(x, seed, m)
      expect(toHex(packBits(y))).toBe(y_hex)
      expect(y.reduce((sum, bit) => sum + bit, 0)).toBe(y_ones)
    }
  })
})

describe('Toeplitz hash by FFT', () => {
  const sizes = [
    [1, 1],
    [1, 9],
    [9, 1],
    [63, 64],
    [65, 129],
    [1000, 333],
    [777, 2001],
    [5001, 1234],
  ]
  it.each(sizes)('equals the matrix at n = %i, m = %i', (n, m) => {
    const x = stream(`x${n}`, n)
    const seed = stream(`s${m}`, n + m - 1)
    expect(toeplitzHash(x, seed, m)).toEqual(toeplitzNaive(x, seed, m))
  })

  it('equals single rows of the matrix over several blocks of input and output', () => {
    const [n, m] = [200_001, 140_003]
    const x = stream('long x', n)
    const seed = stream('long seed', n + m - 1)
    const y = toeplitzHash(x, seed, m)
    for (const i of [0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 140_002]) {
      expect(y[i], `row ${i}`).toBe(toeplitzNaive(x, seed.subarray(i, i + n), 1)[0])
    }
  })

  it('is linear for one seed, also for all ones', () => {
    const [n, m] = [3001, 1001]
    const [a, b, seed] = [stream('a', n), stream('b', n), stream('s', n + m - 1)]
    const sum = xorBytes(toeplitzHash(a, seed, m), toeplitzHash(b, seed, m))
    expect(toeplitzHash(xorBytes(a, b), seed, m)).toEqual(sum)
    const ones = new Uint8Array(n).fill(1)
    expect(toeplitzHash(ones, seed, m)).toEqual(toeplitzNaive(ones, seed, m))
  })

  it('modified form appends the identity', () => {
    const [n, m] = [300, 120]
    const [x, seed] = [stream('mx', n), stream('ms', n - 1)]
    const head = toeplitzNaive(x.slice(0, n - m), seed, m)
    expect(modifiedToeplitzHash(x, seed, m)).toEqual(xorBytes(head, x.slice(n - m)))
    expect(modifiedToeplitzHash(x, new Uint8Array(0), n)).toEqual(x)
    expect(() => modifiedToeplitzHash(x, seed, n + 1)).toThrow(/301 bits cannot come from 300/)
  })

  it('refuses a seed of the wrong length, foreign values and doubtful rounding', () => {
    const x = stream('x', 100)
    expect(() => toeplitzHash(x, stream('s', 148), 50)).toThrow(/148 bits, 149 are needed/)
    expect(() =>
      toeplitzHash(
        x.map((bit) => bit * 2),
        stream('s', 149),
        50,
      ),
    ).toThrow(/value 2/)
    expect(() => toeplitzHash(x, stream('s', 149), 50, -1)).toThrow(/rounding/)
    expect(() => toeplitzHash(x, stream('s', 149), -3)).toThrow(/-3/)
  })

  it('gives nothing for nothing', () => {
    expect(toeplitzHash(stream('x', 10), stream('s', 9), 0)).toHaveLength(0)
  })
})
