import { describe, expect, it } from 'vitest'
import { emptyClicks, type Clicks } from './clicks'
import { Detectors } from './detector'
import { allTags, flown, saltedBits } from './flown.testing'
import { createWorld } from './generator'
import { referencePass } from './reference-pass'

const setup = referencePass(300, 11)

function clicksAt(times_ps: number[], channel = 0, after_ps = 0): Clicks {
  const clicks = emptyClicks(times_ps.length)
  clicks.time_ps.set(times_ps)
  clicks.channel.fill(channel)
  clicks.after_ps.fill(after_ps)
  return clicks
}

describe('detectors, non-paralysable dead time (Knoll)', () => {
  const detectors = () => new Detectors(setup.station.receiver)

  it('50 ns after a click the detector counts again; lost clicks prolong nothing', () => {
    const seen = detectors().report([clicksAt([0, 30_000, 49_999, 50_000, 99_000])], 1e9)
    expect([...seen.time_ps]).toEqual([0, 50_000])
  })

  it('dead time holds across calls, and clicks near the end wait', () => {
    const own = detectors()
    expect([...own.report([clicksAt([0, 900])], 800).time_ps]).toEqual([0])
    expect([...own.report([clicksAt([10_000, 60_000])], 1e6).time_ps]).toEqual([60_000])
  })

  it('an afterpulse follows its click on the same detector, and a lost click has none', () => {
    const seen = detectors().report([clicksAt([0, 10], 2, 70_000)], 1e6)
    expect([...seen.time_ps]).toEqual([0, 70_000])
    expect([...seen.channel]).toEqual([2, 2])
  })

  it('detectors are independent, and the sync receiver has no dead time', () => {
    const own = detectors()
    expect(own.report([clicksAt([0], 1)], 1).time_ps.length).toBe(1)
    expect(own.report([clicksAt([2], 3)], 3).time_ps.length).toBe(1)
    expect(own.report([clicksAt([4, 5, 6], 4)], 7).time_ps.length).toBe(3)
  })
})

describe('tags on the tagger', () => {
  const slots = flown(setup, 140, 150)
  const tags = allTags(slots)

  it('are in time order across slots, whole picoseconds', () => {
    let wrong = 0
    for (let i = 1; i < tags.time_ps.length; i++)
      if (tags.time_ps[i] < tags.time_ps[i - 1] || !Number.isInteger(tags.time_ps[i])) wrong++
    expect(wrong).toBe(0)
  })

  it('keep the dead time on every detector across slots', () => {
    const last = [-Infinity, -Infinity, -Infinity, -Infinity]
    let nearest = Infinity
    tags.channel.forEach((channel, i) => {
      if (channel === 4) return
      nearest = Math.min(nearest, tags.time_ps[i] - last[channel])
      last[channel] = tags.time_ps[i]
    })
    // Whole picoseconds: rounding may take one.
    expect(nearest).toBeGreaterThanOrEqual(50_000 - 1)
    expect(nearest).toBeLessThan(1e6)
  })

  it('sync pulses come at the flight time of k / 10 kHz with 0.1 ns jitter, 5 sigma', () => {
    const { flight } = createWorld(setup)
    const sync = tags.time_ps.filter((_, i) => tags.channel[i] === 4)
    const residuals = sync.map((t, i) => {
      const emitted_s = 140 + i / setup.payload.sync_rate_Hz
      return t - emitted_s * 1e12 - flight.flight_ps(emitted_s)
    })
    expect(sync.length).toBe(100_000)
    const rms = Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / sync.length)
    expect(Math.abs(rms - 100)).toBeLessThan((5 * 100) / Math.sqrt(2 * sync.length))
  })

  it('a closed shutter leaves dark counts only, 5 sigma', () => {
    const dark = allTags(flown(setup, 100, 200, saltedBits('a'), true))
    expect(dark.channel.some((channel) => channel === 4)).toBe(false)
    // 100 Hz over 100 s, and 0.5 % afterpulses.
    expect(Math.abs(dark.channel.length - 10_050)).toBeLessThan(5 * Math.sqrt(10_050))
  })

  it('the clock reads offset + (1 + drift) t, 1 ps', () => {
    const taggerClock = { offset_s: 1.5, drift: 2e-8 }
    const shifted = allTags(flown({ ...setup, taggerClock }, 140, 141))
    const plain = allTags(flown(setup, 140, 141))
    const wrong = shifted.time_ps.filter(
      (t, i) => Math.abs(t - 1.5e12 - plain.time_ps[i] * (1 + 2e-8)) > 1,
    )
    expect(wrong.length).toBe(0)
    expect(shifted.channel).toEqual(plain.channel)
  })
})

describe('flight time', () => {
  it('Hermite interpolation of the one-second grid is within 1 ps of the straight line past 645 km', () => {
    const { flight } = createWorld(setup)
    for (let s = 100.05; s < 200; s += 0.731) {
      const exact_ps = (Math.hypot(645e3, 7100 * (s - 150)) / 299_792_458) * 1e12
      expect(Math.abs(flight.flight_ps(s) - exact_ps)).toBeLessThan(1)
    }
  })
})
