import { describe, expect, it } from 'vitest'
import { Preparation } from './preparation'

const source = { pulse_rate_Hz: 1e8, probabilities: [0.5, 0.25, 0.25], basis_x_probability: 0.5 }

describe('preparation (design rule 2: the bit is Alice’s own)', () => {
  it('remembers class and bit of a pulse that the world asked for', () => {
    const alice = new Preparation(source)
    const bits = alice.prepare(Float64Array.of(5, 9), Uint8Array.of(0, 1), Uint8Array.of(0, 1))
    expect(alice.recall(5)).toBe(bits[0])
    expect(alice.recall(9)).toBe((1 << 2) | (1 << 1) | bits[1])
  })

  it('does not change a pulse that is asked for twice', () => {
    const alice = new Preparation(source)
    const once = alice.prepare(Float64Array.of(7), Uint8Array.of(0), Uint8Array.of(0))
    const again = alice.prepare(Float64Array.of(7), Uint8Array.of(1), Uint8Array.of(1))
    expect(again).toEqual(once)
  })

  it('draws bits that are balanced, and classes of unasked pulses by the source (5 sigma of 40 000)', () => {
    const alice = new Preparation(source)
    const n = 40_000
    const classes = [0, 0, 0]
    let ones = 0
    for (let pulse = 0; pulse < n; pulse += 1) {
      const state = alice.recall(pulse)
      classes[state >> 2] += 1
      ones += state & 1
    }
    const within = (count: number, p: number): void =>
      expect(Math.abs(count - n * p)).toBeLessThan(5 * Math.sqrt(n * p * (1 - p)))
    within(ones, 0.5)
    within(classes[0], 0.5)
    within(classes[1], 0.25)
    within(classes[2], 0.25)
  })
})
