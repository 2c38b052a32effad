import { describe, expect, it } from 'vitest'
import { Pace } from './pace'

describe('mission clock pace (mission time = start + speed x wall time)', () => {
  it('runs at its speed and keeps its place when the speed changes', () => {
    let wall_ms = 1000
    const pace = new Pace(50_000, 60, () => wall_ms)
    wall_ms += 500
    expect(pace.now_ms()).toBe(80_000)
    pace.setSpeed(1)
    wall_ms += 500
    expect(pace.now_ms()).toBe(80_500)
  })

  it('at full speed waits for nothing and stands where it was asked to be', async () => {
    const pace = new Pace(0, 'max', () => 0)
    await pace.until(272_000)
    expect(pace.now_ms()).toBe(272_000)
  })

  it('wakes a wait when it is stopped', async () => {
    const pace = new Pace(0, 1)
    const waiting = pace.until(3600_000)
    pace.stop()
    await waiting
    expect(pace.now_ms()).toBe(3600_000)
  })
})
