import { describe, expect, it } from 'vitest'
import { discPath, onDisc } from './polar'

describe('onDisc', () => {
  it('has north up, east right and the zenith in the middle (1e-12)', () => {
    expect(onDisc(0, 0).y).toBeCloseTo(-1, 12)
    expect(onDisc(90, 0).x).toBeCloseTo(1, 12)
    expect(onDisc(180, 45).y).toBeCloseTo(0.5, 12)
    expect(Math.hypot(onDisc(123, 90).x, onDisc(123, 90).y)).toBeCloseTo(0, 12)
  })

  it('leaves out what is below the horizon', () => {
    const azimuth = Float64Array.of(0, 0, 90)
    expect(discPath(azimuth, Float64Array.of(-1, 0, 0), 0, 2)).toBe(
      'M0.0000 -1.0000L1.0000 -0.0000',
    )
  })
})
