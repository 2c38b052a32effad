import { describe, expect, it } from 'vitest'
import { curvePath, decadeAbove, decades, place, reaches } from './log-plot'

const x = { low: 100, high: 10_000, from: 0, to: 200 }
const y = { low: 1, high: 1e4, from: 100, to: 0 }
const xs = Float64Array.of(100, 1000, 10_000)

describe('a chart with two logarithmic axes', () => {
  it('places decades evenly and holds what lies outside (exact to rounding)', () => {
    expect([100, 1000, 10_000, 10, 1e6].map((value) => place(x, value))).toEqual([
      0,
      expect.closeTo(100, 9),
      expect.closeTo(200, 9),
      0,
      200,
    ])
    expect(place(y, 0)).toBe(100)
    expect(place(y, 1e4)).toBeCloseTo(0, 9)
  })
  it('has a tick at every decade, or every second one', () => {
    expect(decades(x)).toEqual([100, 1000, 10_000])
    expect(decades(y, 2)).toEqual([1, 100, 10_000])
    expect(decades({ ...x, low: 150 })).toEqual([1000, 10_000])
    expect([999, 1000, 1001].map(decadeAbove)).toEqual([1000, 1000, 10_000])
  })
  it('ends a curve at the floor where it has no key left, and draws none that never had', () => {
    expect(curvePath(x, y, xs, Float64Array.of(1e4, 0, 0))).toBe('M0.0 0.0L100.0 100.0')
    expect(curvePath(x, y, xs, Float64Array.of(100, 100, 100))).toBe(
      'M0.0 50.0L100.0 50.0L200.0 50.0',
    )
    expect(curvePath(x, y, xs, new Float64Array(3))).toBe('')
  })
  it('finds where a curve falls below a level', () => {
    expect(reaches(xs, Float64Array.of(50, 5, 0), 10)).toBe(1000)
    expect(reaches(xs, Float64Array.of(50, 50, 50), 10)).toBeUndefined()
  })
})
