import { describe, expect, it } from 'vitest'
import type { BasisCounts } from '../model/report'
import * as sift from './detections'
import * as distil from './distil-messages'
import { WireReader, WireWriter } from './wire'

const pulses = Float64Array.of(0, 1, 2, 300, 70_000, 29_999_999_999)
const basis = Uint8Array.of(0, 1, 1, 0, 1, 0)

describe('sifting messages', () => {
  it('come back as they were, an announcement in about two bytes a detection', () => {
    const bytes = sift.encodeAnnouncement({ pulses, basis })
    expect(sift.decodeAnnouncement(bytes)).toEqual({ pulses, basis })
    const many = Float64Array.from({ length: 1000 }, (_, i) => i * 9000)
    const packed = sift.encodeAnnouncement({ pulses: many, basis: new Uint8Array(1000) })
    expect(packed.length).toBeLessThan(2200)
    const answer = { match: basis, intensity: Uint8Array.of(0, 1, 2, 2, 1, 0) }
    expect(sift.decodeSiftAnswer(sift.encodeSiftAnswer(answer), 6)).toEqual(answer)
    const sample = { places: Float64Array.of(3, 9, 10), bits: Uint8Array.of(1, 0, 1) }
    expect(sift.decodeSample(sift.encodeSample(sample), 11)).toEqual(sample)
    const none = { pulses: new Float64Array(0), basis: new Uint8Array(0) }
    expect(sift.decodeAnnouncement(sift.encodeAnnouncement(none))).toEqual(none)
  })

  it('refuse every truncation and every tail', () => {
    const bytes = sift.encodeAnnouncement({ pulses, basis })
    for (let length = 0; length < bytes.length; length++) {
      expect(() => sift.decodeAnnouncement(bytes.subarray(0, length))).toThrow(
        /announcement refused|bytes given/,
      )
    }
    expect(() => sift.decodeAnnouncement(Uint8Array.of(...bytes, 0))).toThrow(/1 bytes follow/)
  })

  it('refuse what is unsorted, out of range or of the wrong count', () => {
    const twice = Float64Array.of(5, 5)
    const two = Uint8Array.of(0, 0)
    expect(() => sift.encodeAnnouncement({ pulses: twice, basis: two })).toThrow(/5 is not above 5/)
    expect(() => sift.encodeAnnouncement({ pulses, basis: two })).toThrow(/6 and 2/)
    const places = sift.encodeSample({ places: Float64Array.of(11), bits: Uint8Array.of(1) })
    expect(() => sift.decodeSample(places, 11)).toThrow(/reach 11, the limit is 10/)
    const answer = sift.encodeSiftAnswer({ match: two, intensity: two })
    expect(() => sift.decodeSiftAnswer(answer, 3)).toThrow(/answers 2 detections, 3/)
    const three = { match: two, intensity: Uint8Array.of(3, 0) }
    expect(() => sift.encodeSiftAnswer(three)).toThrow(/class 3/)
    expect(() => sift.decodeSiftAnswer(Uint8Array.of(1, 0x80, 0xc0), 1)).toThrow(/class 3/)
    const huge = new WireWriter().number(2 ** 40).done()
    expect(() => sift.decodeAnnouncement(huge)).toThrow(/1099511627776 is above 6/)
  })

  it('outcome numbers follow the tag channels', () => {
    expect([0, 1, 2, 3].map(sift.basisOf)).toEqual([0, 0, 1, 1])
    expect([0, 1, 2, 3].map(sift.bitOf)).toEqual([0, 1, 0, 1])
  })
})

describe('estimation and amplification messages', () => {
  const counts: BasisCounts = { x: [100, 20, 3], z: [90, 10, 2] }

  it('error counts come back, and never exceed their detections', () => {
    const errors: BasisCounts = { x: [1, 2, 3], z: [0, 1, 0] }
    const bytes = distil.encodeErrorCounts(errors)
    expect(distil.decodeErrorCounts(bytes, counts)).toEqual(errors)
    const fewer: BasisCounts = { ...counts, x: [100, 20, 2] }
    expect(() => distil.decodeErrorCounts(bytes, fewer)).toThrow(/x vacuum 3 is above 2/)
  })

  it('lengths and seeds come back; foreign lengths and a growing key are refused', () => {
    const x = { n: 5, m: 2, seed: Uint8Array.of(1, 0, 1, 1, 0, 1) }
    const z = { n: 7, m: 0, seed: new Uint8Array(0) }
    const bytes = distil.encodeAmplification({ x, z })
    expect(distil.decodeAmplification(bytes, { x: 5, z: 7 })).toEqual({ x, z })
    expect(() => distil.decodeAmplification(bytes, { x: 6, z: 7 })).toThrow(/x has 6 bits here, 5/)
    const growing = { n: 1, m: 2, seed: Uint8Array.of(1, 1) }
    const grown = distil.encodeAmplification({ x: growing, z })
    expect(() => distil.decodeAmplification(grown, { x: 1, z: 7 })).toThrow(/2 is above 1/)
    expect(() => distil.encodeAmplification({ x: { ...x, m: 3 }, z })).toThrow(/6 seed bits/)
  })
})

describe('wire numbers', () => {
  it('carry 0 to 2^49 - 1 and refuse others', () => {
    for (const value of [0, 127, 128, 2 ** 31, 2 ** 32 + 5, 2 ** 49 - 1]) {
      const bytes = new WireWriter().number(value).done()
      expect(new WireReader(bytes, 'Test').number('it')).toBe(value)
    }
    for (const value of [-1, 0.5, 2 ** 49, NaN]) {
      expect(() => new WireWriter().number(value)).toThrow(String(value))
    }
    const endless = new Uint8Array(9).fill(0x80)
    expect(() => new WireReader(endless, 'Test').number('it')).toThrow(/more than 7 bytes/)
  })
})
