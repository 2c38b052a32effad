import { describe, expect, it } from 'vitest'
import vectors from '../vectors/wegman-carter.json'
import { fromHex, toHex } from './hex.testing'
import { equalInConstantTime, PolynomialHash, wegmanCarterTag } from './polynomial-hash'

const cases = vectors.cases.filter((one) => one.field === 'GF(2^128)')
const pseudo = (length: number) => Uint8Array.from({ length }, (_, i) => (i * i * 31 + i * 7) >> 3)

describe('Wegman-Carter over GF(2^128), vectors exact', () => {
  it.each(cases)('$name', (one) => {
    const key = fromHex(one.hash_key_hex)
    const message = fromHex(one.msg_hex)
    expect(toHex(new PolynomialHash(key).update(message).digestWithLength())).toBe(one.hash_hex)
    expect(toHex(wegmanCarterTag(message, key, fromHex(one.otp_hex)))).toBe(one.tag_hex)
  })

  it('agrees with integer arithmetic bit by bit on 1000 bytes', () => {
    const key = pseudo(16)
    const message = pseudo(1000)
    const value = (bytes: Uint8Array) => BigInt(`0x${toHex(bytes)}`)
    const k = value(key)
    let t = 0n
    for (let at = 0; at < 1000; at += 16) {
      const block = new Uint8Array(16)
      block.set(message.subarray(at, at + 16))
      t = bitwiseProduct(t ^ value(block), k)
    }
    t = bitwiseProduct(t ^ 8000n, k)
    const hash = new PolynomialHash(key).update(message).digestWithLength()
    expect(toHex(hash)).toBe(t.toString(16).padStart(32, '0'))
  })

  it('does not depend on how the message is cut into updates', () => {
    const message = pseudo(333)
    const whole = new PolynomialHash(pseudo(16)).update(message).digestWithLength()
    for (const step of [1, 5, 16, 17, 100]) {
      const hash = new PolynomialHash(pseudo(16))
      for (let at = 0; at < 333; at += step) hash.update(message.subarray(at, at + step))
      expect(hash.digestWithLength()).toEqual(whole)
    }
  })

  it('changes with every bit of the message, its length and the key', () => {
    const message = pseudo(40)
    const tags = new Set([toHex(wegmanCarterTag(message, pseudo(16), new Uint8Array(16)))])
    for (let bit = 0; bit < 320; bit++) {
      const changed = message.slice()
      changed[bit >> 3] ^= 1 << (bit & 7)
      tags.add(toHex(wegmanCarterTag(changed, pseudo(16), new Uint8Array(16))))
    }
    tags.add(toHex(wegmanCarterTag(Uint8Array.of(...message, 0), pseudo(16), new Uint8Array(16))))
    expect(tags.size).toBe(322)
  })

  it('refuses keys and pads of a wrong length, and compares lengths too', () => {
    expect(() => new PolynomialHash(new Uint8Array(15))).toThrow(/15 bytes/)
    expect(() => wegmanCarterTag(pseudo(3), pseudo(16), pseudo(8))).toThrow(/8 bytes/)
    expect(equalInConstantTime(pseudo(16), pseudo(16))).toBe(true)
    expect(equalInConstantTime(pseudo(16), pseudo(15))).toBe(false)
    expect(equalInConstantTime(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
  })
})

function bitwiseProduct(a: bigint, b: bigint): bigint {
  let product = 0n
  for (let bit = 127n; bit >= 0n; bit--) {
    product <<= 1n
    if (product >> 128n) product ^= (1n << 128n) | 0x87n
    if ((a >> bit) & 1n) product ^= b
  }
  return product
}
