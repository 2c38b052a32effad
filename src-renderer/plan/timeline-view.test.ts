import { describe, expect, it } from 'vitest'
import { centred, midnights, panned, percent, ticks, zoomed } from './timeline-view'

const HOUR = 3_600_000
const horizon = { from_ms: 0, to_ms: 96 * HOUR }

describe('the stretch of time in view', () => {
  it('keeps the instant under the pointer where it was when zooming', () => {
    const view = centred(20 * HOUR, 10 * HOUR)
    const closer = zoomed(view, 0.5, 18 * HOUR, horizon)
    expect(percent(closer, 18 * HOUR)).toBeCloseTo(percent(view, 18 * HOUR), 9)
    expect(closer.to_ms - closer.from_ms).toBe(5 * HOUR)
  })
  it('shows from half an hour to the whole horizon', () => {
    const view = centred(48 * HOUR, 10 * HOUR)
    const least = zoomed(view, 1e-6, 48 * HOUR, horizon)
    const most = zoomed(view, 1e6, 48 * HOUR, horizon)
    expect(least.to_ms - least.from_ms).toBe(HOUR / 2)
    expect(most.to_ms - most.from_ms).toBe(96 * HOUR)
  })
  it('cannot be panned out of the horizon by more than half a view', () => {
    expect(panned(centred(HOUR, 10 * HOUR), -9, horizon)).toEqual(centred(0, 10 * HOUR))
  })
  it('has ticks on round times and no more than asked for', () => {
    const marks = ticks({ from_ms: 0.5 * HOUR, to_ms: 10.5 * HOUR }, 12)
    expect(marks).toHaveLength(10)
    expect(marks.every((mark) => mark % HOUR === 0)).toBe(true)
  })
  it('finds the midnights of four days', () => {
    expect(midnights({ from_ms: 1, to_ms: 96 * HOUR - 1 })).toHaveLength(3)
  })
})
