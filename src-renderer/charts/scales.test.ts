import { describe, expect, it } from 'vitest'
import { extent, roundScale, stepDecimals, timeTicks, valueTicks } from './scales'

describe('roundScale', () => {
  it.each([
    [0, 26],
    [28.3, 39.6],
    [0, 0.8],
    [-1.4, 2.2],
  ])('holds %f to %f with two to five round steps', (low, high) => {
    const ticks = valueTicks(roundScale(low, high))
    expect(ticks.length).toBeGreaterThanOrEqual(3)
    expect(ticks.length).toBeLessThanOrEqual(5)
    expect(ticks[0]).toBeLessThanOrEqual(low + 1e-9)
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - 1e-9)
  })

  it('has a scale even without values', () => {
    expect(roundScale(NaN, NaN)).toMatchObject({ low: 0, high: 1 })
    expect(roundScale(0, 0)).toMatchObject({ low: 0, high: 1 })
    expect(extent([[NaN], []])).toEqual([NaN, NaN])
  })

  it('shows the decimals its step needs', () => {
    expect([10, 2.5, 0.25, 0.1].map(stepDecimals)).toEqual([0, 1, 2, 1])
  })
})

describe('timeTicks', () => {
  it('falls on round seconds (exact)', () => {
    expect(timeTicks(-140, 140, 5)).toEqual([-120, -60, 0, 60, 120])
    expect(timeTicks(61, 299, 6)).toEqual([120, 180, 240])
  })
})
