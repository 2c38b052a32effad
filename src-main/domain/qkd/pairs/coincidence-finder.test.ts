import { describe, expect, it } from 'vitest'
import { searched, uniforms, type Look, type StreamSetting } from './pair-streams.testing'

const count = (looks: Look[]): number => looks.reduce((sum, { found }) => sum + found.length, 0)

/** Coincidences that stayed: those before the last confirmation, and those since without a withdrawal. */
function kept(looks: Look[]): number {
  let [final, open] = [0, 0]
  for (const { found, withdrawn, confirmed } of looks) {
    open = (withdrawn ? 0 : open) + found.length
    if (confirmed) [final, open] = [final + open, 0]
  }
  return final + open
}

/** How far the clock found is from the one that was made, at the middle, in ps. */
function errorOf(setting: StreamSetting, clock: { offset_ps: number; drift: number }): number {
  const middle_ps = setting.seconds * 0.5e12
  const { offset_ps = 0, drift = 0 } = setting
  return Math.abs(clock.offset_ps - offset_ps + (clock.drift - drift) * middle_ps)
}

describe('false locks (below 1e-9 a look by the bound): none in 200 streams', () => {
  it.each([
    [40, 0, 1000],
    [40, 0, 1800],
    [40, 3, 1000],
    [40, 30, 1500],
    [40, 120, 500],
  ])('%s streams of 3 s, %s pairs and %s singles a second', (streams, pairs_Hz, singles_Hz) => {
    let locks = 0
    for (let seed = 1; seed <= streams; seed += 1) {
      const random = uniforms(1000 + seed)
      const [offset_ps, drift] = [1.6e6 * (random() - 0.5), 9e-9 * (random() - 0.5)]
      const setting = { seed, seconds: 3, pairs_Hz, singles_Hz, offset_ps, drift }
      const { finder, looks } = searched(setting)
      if (!finder.clock) continue
      locks += 1
      const five_sigma_ps = (5 * 475) / Math.sqrt(0.9 * pairs_Hz * 3)
      expect(errorOf(setting, finder.clock), `seed ${seed}`).toBeLessThan(five_sigma_ps)
      const expected = (pairs_Hz + (singles_Hz + pairs_Hz) ** 2 * 2.5e-9) * 3
      expect(Math.abs(count(looks) - expected)).toBeLessThan(5 * Math.sqrt(expected) + 1)
    }
    if (pairs_Hz === 0) expect(locks).toBe(0)
    if (pairs_Hz >= 24) expect(locks).toBe(streams)
  })
})

describe('a lock', () => {
  const few: StreamSetting = { seed: 3, seconds: 60, pairs_Hz: 4, singles_Hz: 700, drift: 1.5e-9 }

  it('waits while few pairs would tell the drift badly, then takes those that waited', () => {
    for (let seed = 1; seed <= 2; seed += 1) {
      const { looks } = searched({ ...few, seed })
      const first = looks.findIndex(({ locked }) => locked)
      expect(first).toBeGreaterThan(2)
      expect(looks.slice(first).every(({ locked }) => locked)).toBe(true)
      expect(Math.abs(count(looks) - 240)).toBeLessThan(5 * Math.sqrt(240))
    }
  })

  it('is kept when the link fades fivefold at once', () => {
    const { looks } = searched({ ...few, drift: 0, pairs_Hz: 2, planted: plantedAt(0, 20, 8, 0) })
    expect(looks.some(({ withdrawn }) => withdrawn)).toBe(false)
    expect(Math.abs(kept(looks) - 280)).toBeLessThan(5 * Math.sqrt(280))
  })
})

const plantedAt = (from_s: number, to_s: number, pairs_Hz: number, offset_ps: number) => ({
  ...{ from_s, to_s, pairs_Hz, offset_ps },
})

describe('a false peak planted, 50 pairs a second for 6 s at another offset', () => {
  const setting: StreamSetting = {
    ...{ seed: 5, seconds: 60, pairs_Hz: 8, singles_Hz: 2000, offset_ps: 120_000, drift: 1e-9 },
    planted: plantedAt(0, 6, 50, -300_000),
  }
  const { finder, looks } = searched(setting)
  const lost = looks.findIndex(({ withdrawn }) => withdrawn)

  it('is locked on, noticed when its excess has vanished, and dropped', () => {
    expect(looks.findIndex(({ locked }) => locked)).toBeLessThan(6)
    expect(lost).toBeGreaterThan(5)
    expect(lost).toBeLessThan(20)
  })

  it('gives way to the true clock, and events since its last confirmation are matched anew', () => {
    if (!finder.clock) throw new Error('not locked again')
    expect(errorOf(setting, finder.clock)).toBeLessThan((5 * 475) / Math.sqrt(8 * 50))
    const true_since = 8 * 53
    const accidentals = 2000 ** 2 * 2.5e-9 * 60
    expect(kept(looks)).toBeGreaterThan(0.9 * true_since - 5 * Math.sqrt(true_since) + 300)
    expect(kept(looks)).toBeLessThan(8 * 60 + 300 + accidentals + 5 * Math.sqrt(800))
  })

  it('no event of Bob is answered twice, and none after it was settled', () => {
    const events = looks.flatMap(({ found }) => found.map(({ event }) => event))
    expect(new Set(events).size).toBe(events.length)
  })
})

describe('recovery after seconds without pairs', () => {
  it('matches what came after a dark stretch, whether or not the lock was dropped in it', () => {
    const setting = { seed: 9, seconds: 40, pairs_Hz: 0, singles_Hz: 2000 }
    const bright = plantedAt(0, 15, 40, 50_000)
    const { looks } = searched({ ...setting, planted: bright })
    expect(looks.some(({ withdrawn }) => withdrawn)).toBe(true)
    expect(looks.at(-1)?.locked).toBe(false)
    expect(Math.abs(kept(looks) - 40 * 15)).toBeLessThan(5 * Math.sqrt(600) + 10)
  })
})
