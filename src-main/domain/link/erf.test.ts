import { describe, expect, it } from 'vitest'
import { erf } from './erf'

describe('erf against Abramowitz & Stegun table 7.1, 1e-10', () => {
  it.each([
    [0.5, 0.5204998778],
    [1, 0.8427007929],
    [2, 0.995322265],
  ])('erf(%f)', (x, value) => expect(Math.abs(erf(x) - value)).toBeLessThan(1e-10))

  it('is odd and saturates', () => {
    expect(erf(-1)).toBe(-erf(1))
    expect(erf(0)).toBe(0)
    expect(erf(40)).toBe(1)
  })
})
