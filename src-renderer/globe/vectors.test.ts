import { describe, expect, it } from 'vitest'
import { dot, hidden, norm, pathAt, placeOnSphere, unit, visibilityRim, minus } from './vectors'

describe('visibilityRim', () => {
  it('lies where the satellite stands at the minimum elevation (1e-9 rad)', () => {
    const station = placeOnSphere(40, 117, 6_371_000)
    const elevation = (10 * Math.PI) / 180
    for (const point of visibilityRim(station, 6_871_000, elevation, 12)) {
      const line = unit(minus(point, station))
      expect(Math.asin(dot(line, unit(station)))).toBeCloseTo(elevation, 9)
      expect(norm(point)).toBeCloseTo(6_871_000, 3)
    }
  })
})

describe('hidden', () => {
  const eye = placeOnSphere(0, 0, 20_000_000)
  it('hides what is behind the Earth and nothing in front of it', () => {
    expect(hidden(eye, placeOnSphere(0, 0, 6_371_000))).toBe(false)
    expect(hidden(eye, placeOnSphere(0, 180, 6_371_000))).toBe(true)
    expect(hidden(eye, placeOnSphere(0, 180, 40_000_000))).toBe(true)
    expect(hidden(eye, placeOnSphere(85, 90, 40_000_000))).toBe(false)
  })
})

describe('pathAt', () => {
  const path = {
    times_ms: Float64Array.of(0, 10),
    ecef_m: Float64Array.of(0, 0, 0, 10, 20, 30),
  }
  it('goes evenly between points and says nothing outside (exact)', () => {
    expect(pathAt(path, 5)).toEqual([5, 10, 15])
    expect(pathAt(path, 10)).toEqual([10, 20, 30])
    expect(pathAt(path, 11)).toBeNull()
    expect(pathAt(path, -1)).toBeNull()
  })
})
