import { describe, expect, it } from 'vitest'
import vectors from '../vectors/wegman-carter.json'
import { fromHex, toHex } from './hex.testing'
import { wegmanCarterTag } from './polynomial-hash'
import { macBlocks, macFields, polynomialMacHash, polynomialMacTag } from './polynomial-mac'

const field = (name: string) => {
  const found = macFields.find((one) => one.name === name)
  if (!found) throw new Error(`no field ${name}`)
  return found
}
const text = (value: string) => Uint8Array.from(value, (letter) => letter.charCodeAt(0))
const pseudo = (length: number) => Uint8Array.from({ length }, (_, i) => (i * i * 31 + i * 7) >> 3)

describe('polynomial tags, vectors exact', () => {
  it.each(vectors.cases)('$name', (one) => {
    const gf = field(one.field)
    const [message, key, pad] = [one.msg_hex, one.hash_key_hex, one.otp_hex].map(fromHex)
    expect(toHex(polynomialMacHash(gf, message, key))).toBe(one.hash_hex)
    expect(toHex(polynomialMacTag(gf, message, key, pad))).toBe(one.tag_hex)
    expect(macBlocks(gf, message)).toBe(one.blocks_incl_length)
  })

  it("agrees with the engine's table-driven hash on 1000 bytes", () => {
    const tag = polynomialMacTag(field('GF(2^128)'), pseudo(1000), pseudo(16), pseudo(16))
    expect(tag).toEqual(wegmanCarterTag(pseudo(1000), pseudo(16), pseudo(16)))
  })
})

describe('polynomial tags against closed forms', () => {
  it('GF(2^64): x^63 times x^2 reduces to x^5 + x^4 + x^2 + x', () => {
    const { multiply } = field('GF(2^64)')
    expect(multiply(1n << 63n, 4n)).toBe(0b110110n)
    expect(multiply(multiply(0x1234_5678_9abc_def0n, 3n), 5n)).toBe(
      multiply(0x1234_5678_9abc_def0n, 15n),
    )
  })

  it('prime fields: two blocks, the last one short, are m0 k^3 + m1 k^2 + length k', () => {
    for (const [name, bits, message] of [
      ['2^61-1', 61n, 'abcdefgh'],
      ['2^127-1', 127n, 'abcdefghijklmnop'],
    ] as const) {
      const gf = field(name)
      const p = (1n << bits) - 1n
      const key = pseudo(gf.bytes)
      const value = (bytes: Uint8Array) => BigInt(`0x${toHex(bytes)}`)
      const bytes = text(message)
      const k = value(key) % p
      const head = value(bytes.slice(0, gf.block_bytes))
      const tail = value(bytes.slice(gf.block_bytes))
      const length = BigInt(8 * bytes.length)
      const expected = (head * k ** 3n + tail * k ** 2n + length * k) % p
      expect(value(polynomialMacHash(gf, bytes, key))).toBe(expected)
    }
  })

  it.each(macFields)('$name tells messages apart by every bit and by length', (gf) => {
    const message = pseudo(40)
    const tag = (bytes: Uint8Array) =>
      toHex(polynomialMacHash(gf, bytes, pseudo(gf.bytes + 3).slice(3)))
    const tags = new Set([tag(message), tag(Uint8Array.of(...message, 0)), tag(message.slice(1))])
    for (let bit = 0; bit < 320; bit++) {
      const changed = message.slice()
      changed[bit >> 3] ^= 1 << (bit & 7)
      tags.add(tag(changed))
    }
    expect(tags.size).toBe(323)
  })

  it('refuses keys and pads of another length by name', () => {
    const gf = field('GF(2^64)')
    expect(() => polynomialMacTag(gf, pseudo(3), pseudo(16), pseudo(8))).toThrow(/hash key has 16/)
    expect(() => polynomialMacTag(gf, pseudo(3), pseudo(8), pseudo(7))).toThrow(
      /pad has 7 bytes, 8/,
    )
  })
})
