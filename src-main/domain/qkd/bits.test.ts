import { describe, expect, it } from 'vitest'
import { concatBytes, packBits, unpackBits, xorBytes } from './bits'
import { fromHex, toHex } from './hex.testing'

describe('bit strings (worked values, exact)', () => {
  it('pack MSB first, zero padded on the right', () => {
    expect(toHex(packBits(Uint8Array.of(1, 0, 1, 1)))).toBe('b0')
    expect(toHex(packBits(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1, 1)))).toBe('0180')
  })

  it('come back as they were for every length from 0 to 33', () => {
    for (let length = 0; length <= 33; length++) {
      const bits = Uint8Array.from({ length }, (_, i) => ((i * 7 + length) % 3) & 1)
      expect(unpackBits(packBits(bits), length)).toEqual(bits)
    }
  })

  it('refuse wrong lengths, dirty padding and values that are no bits', () => {
    expect(() => unpackBits(Uint8Array.of(0), 9)).toThrow(/1 bytes given, 2 needed/)
    expect(() => unpackBits(Uint8Array.of(0xff), 4)).toThrow(/padding/)
    expect(() => unpackBits(Uint8Array.of(), -1)).toThrow(/-1/)
    expect(() => packBits(Uint8Array.of(0, 2))).toThrow(/value 2 at place 1/)
  })

  it('XOR, hexadecimal and joining agree with worked values', () => {
    expect(toHex(xorBytes(fromHex('df'), fromHex('c7')))).toBe('18')
    expect(() => xorBytes(fromHex('df'), fromHex(''))).toThrow(/1 and 0/)
    expect(() => fromHex('abc')).toThrow(/abc/)
    expect(() => fromHex('zz')).toThrow(/zz/)
    expect(toHex(concatBytes(fromHex('01'), fromHex(''), fromHex('0203')))).toBe('010203')
  })
})
