import { describe, expect, it } from 'vitest'
import { createPulseClock } from '../sync'
import { lockToGrid } from './acquisition'
import {
  batchOf,
  classesFrom,
  flight_s,
  passTags,
  source,
  type KnownTag,
} from './pass-tags.testing'

const options = { ...source, gate_ps: 2000, predictedFlight_s: flight_s }

/** Second by second of emission, as slots come. */
function slots(tags: KnownTag[], from_s: number, to_s: number): KnownTag[][] {
  const cut = Array.from({ length: to_s - from_s }, (): KnownTag[] => [])
  const start = tags[0].time_ps
  for (const tag of tags) {
    const slot = Math.floor((tag.time_ps - start) * 1e-12)
    cut[Math.min(slot, cut.length - 1)].push(tag)
  }
  return cut
}

/** Acquires on the first second and names all pulses after it. */
function acquireAndName(tags: KnownTag[], from_s: number, to_s: number) {
  const parts = slots(tags, from_s, to_s)
  const lock = lockToGrid(batchOf(parts[0]), options)
  if (!lock) throw new Error('no grid')
  const { first, count } = lock.request
  const acquired = lock.resolve({ first, classes: classesFrom(first, count) })
  if (!acquired) throw new Error('no pulse number')
  const clock = createPulseClock({ ...options, ...acquired, acquired: true })
  let [right, wrong, unnamed] = [0, 0, 0]
  for (const part of parts) {
    clock.addBatch(batchOf(part))
    for (const { time_ps, pulse } of part) {
      if (Number.isNaN(pulse)) continue
      const named = clock.pulseOf(time_ps).pulse
      if (named === pulse) right++
      else if (Number.isNaN(named)) unnamed++
      else wrong++
    }
  }
  return { right, wrong, unnamed, acquired, clock }
}

describe('synchronisation from the tags and one announced block, every pulse number exact', () => {
  it.each([0.1, -0.1])('offset %s s with synchronisation pulses', (offset_s) => {
    const tags = passTags({ from_s: 60, to_s: 62, offset_s })
    const { right, wrong, unnamed, acquired } = acquireAndName(tags, 60, 62)
    expect(acquired.grid).toBe('sync')
    expect({ wrong, unnamed }).toEqual({ wrong: 0, unnamed: 0 })
    expect(right).toBeGreaterThan(29_000)
  })

  it('20 % lost synchronisation pulses, drift 1e-6, offset 100 ms and a cloud of 6 s', () => {
    const world = { offset_s: 0.1, drift: 1e-6, lost_sync: 0.2, noise_Hz: 1500 }
    const tags = passTags({ from_s: 100, to_s: 120, ...world, cloud_s: [105, 111] })
    const { wrong, unnamed, right } = acquireAndName(tags, 100, 120)
    expect({ wrong, unnamed }).toEqual({ wrong: 0, unnamed: 0 })
    expect(right).toBeGreaterThan(200_000)
  })

  it('no synchronisation pulses at all: the same cloud, drift and offset, from signal tags alone', () => {
    const world = { offset_s: 0.1, drift: 1e-6, lost_sync: 1, noise_Hz: 1500 }
    const tags = passTags({ from_s: 100, to_s: 120, ...world, cloud_s: [105, 111] })
    const { wrong, unnamed, right, acquired } = acquireAndName(tags, 100, 120)
    expect(acquired.grid).toBe('signal')
    expect(wrong).toBe(0)
    // A window half in the cloud may lack the twelve tags that a fit takes.
    expect(unnamed).toBeLessThan(5)
    expect(right).toBeGreaterThan(200_000)
  })

  it('a faint link: 1500 detections a second among 1000 off the grid', () => {
    const world = { offset_s: -0.02, drift: -4e-7, lost_sync: 1, rate_Hz: 1500, noise_Hz: 1000 }
    const { wrong, acquired } = acquireAndName(passTags({ from_s: 20, to_s: 26, ...world }), 20, 26)
    expect(acquired.drift).toBeCloseTo(-4e-7, 9)
    expect(wrong).toBe(0)
  })

  it('drift 1e-6 for 120 s, clock right at the start, no acquisition: 120 us gathered, a period and more', () => {
    const clock = createPulseClock(options)
    let [wrong, all] = [0, 0]
    for (let s = 0; s < 120; s++) {
      const part = passTags({ from_s: s, to_s: s + 1, rate_Hz: 500, drift: 1e-6, seed: s })
      clock.addBatch(batchOf(part))
      for (const { time_ps, pulse } of part) {
        if (Number.isNaN(pulse)) continue
        all++
        if (clock.pulseOf(time_ps).pulse !== pulse) wrong++
      }
    }
    expect(all).toBeGreaterThan(50_000)
    expect(wrong).toBe(0)
  })
})

describe('acquisition refuses what it cannot tell', () => {
  it('finds no grid in noise', () => {
    const tags = passTags({ from_s: 10, to_s: 11, rate_Hz: 1e-9, noise_Hz: 8000, lost_sync: 1 })
    expect(lockToGrid(batchOf(tags), options)).toBeNull()
    expect(lockToGrid(batchOf([]), options)).toBeNull()
  })

  it('finds no number when the announced block is another one, or the offset beyond the span', () => {
    const lock = lockToGrid(batchOf(passTags({ from_s: 60, to_s: 61, offset_s: 0.1 })), options)
    const { first, count } = lock?.request ?? { first: 0, count: 0 }
    expect(lock?.resolve({ first, classes: classesFrom(first + 7e8, count) })).toBeNull()
    const narrow = { ...options, span_s: 0.01 }
    const near = lockToGrid(batchOf(passTags({ from_s: 60, to_s: 61, offset_s: 0.1 })), narrow)
    expect(near?.resolve({ first, classes: classesFrom(first, count) })).toBeNull()
  })

  it('says so, and names nothing, when a gap without synchronisation pulses is too long', () => {
    const world = { lost_sync: 1, rate_Hz: 1000, cloud_s: [14, 90] as [number, number] }
    const { wrong, clock } = acquireAndName(passTags({ from_s: 10, to_s: 94, ...world }), 10, 94)
    expect(wrong).toBe(0)
    expect(clock.lost()).toBe(true)
  })
})
