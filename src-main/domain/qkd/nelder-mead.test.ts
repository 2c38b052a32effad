import { describe, expect, it } from 'vitest'
import { climb } from './nelder-mead'

const options = { step: 0.3, maxEvaluations: 2000, tolerance: 1e-14 }

describe('downhill simplex', () => {
  it('finds the top of Rosenbrock’s valley turned over, to 1e-3', () => {
    const valley = ([a, b]: number[]) => -((1 - a) ** 2) - 100 * (b - a * a) ** 2
    const { at } = climb(valley, [-1.2, 1], options)
    expect(at[0]).toBeCloseTo(1, 3)
    expect(at[1]).toBeCloseTo(1, 3)
  })

  it('finds the top of an uneven bowl in five dimensions, to 1e-2', () => {
    const bowl = (at: number[]) => -at.reduce((sum, v, i) => sum + (i + 1) * (v - 0.1 * i) ** 2, 0)
    const { value } = climb(bowl, [1, 1, 1, 1, 1], options)
    expect(value).toBeGreaterThan(-1e-2)
  })

  it('is never worse than its start, keeps to its evaluations and stands a forbidden region', () => {
    let evaluations = 0
    const cliff = ([a, b]: number[]) => {
      evaluations++
      return a > 0.5 ? -Infinity : a - b * b
    }
    const { value } = climb(cliff, [0.2, 0.2], { ...options, maxEvaluations: 40 })
    expect(value).toBeGreaterThan(0.16)
    expect(evaluations).toBeLessThan(50)
    expect(climb(() => -Infinity, [1, 2], options).at).toEqual([1, 2])
  })
})
