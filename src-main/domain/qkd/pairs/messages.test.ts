import { describe, expect, it } from 'vitest'
import { decodePairAnnouncement, encodePairAnnouncement } from './announcement'
import {
  decodeCoincidences,
  encodeCoincidences,
  type CoincidenceAnswer,
} from './coincidence-answer'
import {
  decodeAliceDisclosure,
  decodeBobDisclosure,
  encodeAliceDisclosure,
  encodeBobDisclosure,
} from './disclosure'

/** Repeatable pseudo-random whole numbers (Park and Miller's minimal standard). */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const answer: CoincidenceAnswer = {
  ...{ locked: true, withdrawn: false, confirmed: true, settled: 8 },
  residual_ps: 741,
  event: Float64Array.of(7, 8, 900),
  aliceSetting: Uint8Array.of(0, 1, 1),
  sample: { places: Float64Array.of(1), bits: Uint8Array.of(1) },
}

describe('announcement of events', () => {
  it.each([0, 1, 2, 1000])('%s events come back exactly, to the picosecond', (count) => {
    const random = numbers(count + 1)
    let time = 299e12 - 40_000
    const time_ps = Float64Array.from({ length: count }, () => (time += random(2e9)))
    const setting = Uint8Array.from({ length: count }, () => random(4))
    const bytes = encodePairAnnouncement({ time_ps, setting }, 4)
    expect(decodePairAnnouncement(bytes, 4)).toEqual({ time_ps, setting })
  })

  it('takes five bytes and a setting each at 1500 events a second', () => {
    const time_ps = Float64Array.from(
      { length: 1500 },
      (_, i) => 1e12 + Math.round((i * 1e12) / 1500),
    )
    const bytes = encodePairAnnouncement({ time_ps, setting: new Uint8Array(1500) }, 2)
    expect(bytes.length / 1500).toBeLessThan(5.2)
  })

  it('carries times before the epoch: a slow clock', () => {
    const time_ps = Float64Array.of(-90_000, 12)
    const setting = Uint8Array.of(0, 1)
    const bytes = encodePairAnnouncement({ time_ps, setting }, 2)
    expect(decodePairAnnouncement(bytes, 2).time_ps).toEqual(time_ps)
  })

  it('refuses what does not ascend, settings that do not exist, and what is cut off', () => {
    const backwards = { time_ps: Float64Array.of(5, 3), setting: new Uint8Array(2) }
    expect(() => encodePairAnnouncement(backwards, 2)).toThrow(/-2 is not a whole number/)
    const unknown = { time_ps: Float64Array.of(5), setting: Uint8Array.of(2) }
    expect(() => encodePairAnnouncement(unknown, 2)).toThrow(/setting 2 does not exist/)
    const good = encodePairAnnouncement({ ...unknown, setting: Uint8Array.of(1) }, 2)
    expect(() => decodePairAnnouncement(good.subarray(0, good.length - 1), 2)).toThrow(/refused/)
    expect(() => decodePairAnnouncement(Uint8Array.of(255, 255, 3), 2)).toThrow(/refused/)
  })
})

describe('answers and disclosures', () => {
  it('come back exactly', () => {
    expect(decodeCoincidences(encodeCoincidences(answer), 7, 901)).toEqual(answer)
    const alice = {
      test: { places: Float64Array.of(0, 4), bits: Uint8Array.of(1, 0) },
      chsh: Uint8Array.of(1, 1, 0),
      events: 12_345,
      accidentals: 6.125,
    }
    const known = { kept: 5, chsh: 3 }
    expect(decodeAliceDisclosure(encodeAliceDisclosure(alice), known)).toEqual(alice)
    const bob = { test: Uint8Array.of(1, 0), chsh: Uint8Array.of(0, 0, 1) }
    expect(decodeBobDisclosure(encodeBobDisclosure(bob), { test: 2, chsh: 3 })).toEqual(bob)
  })

  it('refuse an event that is settled, or never announced, and lengths that disagree', () => {
    const bytes = encodeCoincidences(answer)
    expect(() => decodeCoincidences(bytes, 8, 901)).toThrow(/event 7 is not among 8 to 900/)
    expect(() => decodeCoincidences(bytes, 9, 901)).toThrow(/from 8 on are open again after 9/)
    expect(() => decodeCoincidences(bytes, 0, 900)).toThrow(/event 900 is not among/)
    const bob = encodeBobDisclosure({ test: Uint8Array.of(1), chsh: new Uint8Array(9) })
    expect(() => decodeBobDisclosure(bob, { test: 1, chsh: 8 })).toThrow(/refused|padding/)
  })

  it('damaged at random are refused or decode to something lawful: never a hang, never out of range', () => {
    const random = numbers(5)
    const good = encodeCoincidences(answer)
    for (let i = 0; i < 3000; i += 1) {
      const bytes = good.slice(0, 1 + random(good.length))
      bytes[random(bytes.length)] = random(256)
      try {
        const { event } = decodeCoincidences(bytes, 7, 901)
        expect(event.every((number) => number >= 7 && number < 901)).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }
  })
})
