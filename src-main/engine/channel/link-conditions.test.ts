import { describe, expect, it } from 'vitest'
import { LinkConditions } from './link-conditions'

const rounds = (conditions: LinkConditions, count: number): void => {
  for (let i = 0; i < count; i += 1) {
    conditions.send('bob-to-alice', 'parity-request')
    conditions.send('alice-to-bob', 'parities')
  }
}

describe('waiting on the classical channel (critical path of the messages)', () => {
  it('costs two latencies a question and answer, exactly', () => {
    const conditions = new LinkConditions({ latency_ms: 10, loss: 0, reorder: 0 }, 1)
    rounds(conditions, 1000)
    expect(conditions.waited()).toBeCloseTo(20, 9)
    expect(conditions.waited('parities')).toBeCloseTo(10, 9)
  })

  it('costs one latency for any number of frames sent without waiting', () => {
    const conditions = new LinkConditions({ latency_ms: 10, loss: 0, reorder: 0 }, 1)
    for (let i = 0; i < 50; i += 1) conditions.send('alice-to-bob', 'matches')
    expect(conditions.waited()).toBeCloseTo(0.01, 12)
  })

  it('sends a lost frame again after two round trips: loss p costs 4 p / (1 - p) latencies (5 sigma)', () => {
    const loss = 0.2
    const conditions = new LinkConditions({ latency_ms: 10, loss, reorder: 0 }, 7)
    const frames = 20_000
    rounds(conditions, frames / 2)
    const expected = (frames * loss) / (1 - loss)
    const sigma = Math.sqrt(frames * loss) / (1 - loss)
    expect(Math.abs(conditions.retransmissions - expected)).toBeLessThan(5 * sigma)
    const latencies = frames + 4 * conditions.retransmissions
    expect(conditions.waited()).toBeCloseTo(latencies * 0.01, 6)
  })

  it('has a dead line when everything is lost', () => {
    const conditions = new LinkConditions({ latency_ms: 1, loss: 1, reorder: 0 }, 1)
    expect(conditions.send('alice-to-bob', 'hello')).toBe(Infinity)
  })

  it('draws the same accidents for the same seed', () => {
    const [a, b] = [3, 3].map(
      (seed) => new LinkConditions({ latency_ms: 5, loss: 0.3, reorder: 0.3 }, seed),
    )
    rounds(a, 500)
    rounds(b, 500)
    expect(a.waited()).toBe(b.waited())
  })
})
