import { describe, expect, it } from 'vitest'
import { EventMemory } from './pair-event-memory'

const events = (setting: number[], outcome: number[]) => ({
  time_ps: Float64Array.from(setting),
  setting: Uint8Array.from(setting),
  outcome: Uint8Array.from(outcome),
})

describe("memory of Bob's events", () => {
  it('gives every event once, in any order, until it is settled', () => {
    const memory = new EventMemory()
    memory.add(events([0, 1], [1, 0]))
    memory.add(events([1, 0], [1, 1]))
    expect(memory.take(3)).toEqual({ setting: 0, outcome: 1 })
    expect(memory.take(0)).toEqual({ setting: 0, outcome: 1 })
    expect(() => memory.take(0)).toThrow(/event 0 was answered before/)
    memory.forgetBefore(2)
    expect(() => memory.take(1)).toThrow(/event 1 is not remembered/)
    expect(memory.take(2)).toEqual({ setting: 1, outcome: 1 })
  })

  it('overwrites outcomes that are answered or settled', () => {
    const memory = new EventMemory()
    const mine = events([0, 1], [1, 1])
    memory.add(mine)
    memory.take(0)
    expect([...mine.outcome]).toEqual([0, 1])
    memory.erase()
    expect([...mine.outcome]).toEqual([0, 0])
  })
})
