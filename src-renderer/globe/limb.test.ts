import { describe, expect, it } from 'vitest'
import { limbPoints } from './limb'
import { dot, EARTH_RADIUS_M, minus, norm, type Vector } from './vectors'

describe('The limb, by the tangent condition', () => {
  const eyes: Vector[] = [
    [20e6, 3e6, 5e6],
    [0, 0, 12e6],
  ]

  it.each(eyes.map((eye) => [eye]))(
    'lies on the sphere and is touched, not cut (1e-9): %j',
    (eye) => {
      for (const point of limbPoints(eye)) {
        expect(norm(point) / EARTH_RADIUS_M).toBeCloseTo(1, 9)
        const sight = minus(point, eye)
        expect(dot(sight, point) / (norm(sight) * norm(point))).toBeCloseTo(0, 9)
      }
    },
  )
})
