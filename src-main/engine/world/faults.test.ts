import { describe, expect, it } from 'vitest'
import { fingerprint, flown, type FlownSlot } from './flown.testing'
import { referencePass } from './reference-pass'
import type { WorldSetup } from './protocol'
import { stretchesOf } from './stretches'

const setup = referencePass(300, 17)
const FROM = 140
const TO = 146
const clear = flown(setup, FROM, TO)

const emissions = (slots: FlownSlot[]): number[] =>
  slots.flatMap(({ draw }) => [...draw.photons.pulse].map((pulse) => pulse / 100e6))
const syncCount = (slots: FlownSlot[]): number =>
  slots.reduce((sum, { draw }) => sum + draw.sync_ps.length, 0)
const noiseCount = (slots: FlownSlot[]): number =>
  slots.reduce((sum, { draw }) => sum + draw.noise.time_ps.length, 0)

describe('cloud', () => {
  const clouds = [
    { from_s: 141.25, to_s: 143.5 },
    { from_s: 144, to_s: 144.001 },
  ]
  const slots = flown({ ...setup, clouds }, FROM, TO)
  const dark = (t: number): boolean => clouds.some(({ from_s, to_s }) => t >= from_s && t < to_s)

  it('takes every photon of its intervals and no other moment', () => {
    const seen = emissions(slots)
    expect(seen.filter(dark)).toEqual([])
    const expected = emissions(clear).filter((t) => !dark(t)).length
    // Two realisations of one law.
    expect(Math.abs(seen.length - expected)).toBeLessThan(5 * Math.sqrt(2 * expected))
  })

  it('takes the synchronisation pulses too: 22 500 and 10', () => {
    expect(syncCount(clear) - syncCount(slots)).toBe(22_510)
  })

  it('leaves the background', () => {
    expect(noiseCount(slots)).toBe(noiseCount(clear))
  })
})

describe('lost synchronisation pulses', () => {
  it('20 % are lost one by one, 5 sigma, and nothing else changes', () => {
    const slots = flown({ ...setup, lostSync: 0.2 }, FROM, TO)
    const sigma = Math.sqrt(60_000 * 0.2 * 0.8)
    expect(Math.abs(syncCount(slots) - 48_000)).toBeLessThan(5 * sigma)
    slots.forEach(({ draw }, i) => {
      expect(fingerprint(draw.photons)).toBe(fingerprint(clear[i].draw.photons))
      const kept = new Set(clear[i].draw.sync_ps)
      expect(draw.sync_ps.every((time_ps) => kept.has(time_ps))).toBe(true)
    })
  })

  it('all are lost with a share of 1', () => {
    expect(syncCount(flown({ ...setup, lostSync: 1 }, FROM, FROM + 1))).toBe(0)
  })
})

describe('stretches of a slot', () => {
  const slot = { from_s: 10, to_s: 11, shutter: false }
  const attack = (from_s: number, to_s: number) =>
    ({ kind: 'intercept-resend', fraction: 1, from_s, to_s }) as const
  const cut = (parts: Pick<WorldSetup, 'clouds' | 'attacks'>) =>
    stretchesOf(parts, slot).map(({ from_s, to_s, attack }) => [from_s, to_s, attack?.to_s ?? null])

  it('are the slot itself when nothing changes, and none behind the shutter', () => {
    expect(cut({})).toEqual([[10, 11, null]])
    expect(stretchesOf({}, { ...slot, shutter: true })).toEqual([])
  })

  it('begin and end with clouds and attacks; the first attack in the list is at work', () => {
    const clouds = [{ from_s: 9, to_s: 10.25 }]
    const attacks = [attack(10.5, 10.75), attack(-Infinity, Infinity)]
    expect(cut({ clouds, attacks })).toEqual([
      [10.25, 10.5, Infinity],
      [10.5, 10.75, 10.75],
      [10.75, 11, Infinity],
    ])
  })
})
