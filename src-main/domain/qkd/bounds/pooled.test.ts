import { describe, expect, it } from 'vitest'
import type { DecoySource } from '../two-basis'
import { twoBasisKeyLength } from '../two-basis'
import { chainEpsilon } from './epsilon-ledger'
import { poolCounts, pooledKeyLength, type CountedBlock } from './pooled'

const source: DecoySource = { intensities: [0.8, 0.1, 0], probabilities: [0.5, 0.25, 0.25] }
const security = { eps_sec: 1e-9, eps_cor: 1e-15 }
const block: CountedBlock = {
  counts: { x: [835_000, 58_000, 3000], z: [830_000, 57_000, 3100] },
  errors: { x: [9200, 2000, 1500], z: [9300, 2050, 1550] },
  leak: { x: 80_000, z: 81_000 },
}
const other: CountedBlock = {
  counts: { x: [635_000, 44_000, 2300], z: [632_000, 43_500, 2250] },
  errors: { x: [7300, 1500, 1150], z: [7200, 1480, 1120] },
  leak: { x: 64_000, z: 63_000 },
}
const keyOf = ({ counts, errors, leak }: CountedBlock): number =>
  twoBasisKeyLength(counts, errors, leak, source, security).secret_bits

describe('several passes as one block', () => {
  it('adds counts, errors and leaks exactly', () => {
    const pooled = poolCounts([block, other])
    expect(pooled.counts.x).toEqual([1_470_000, 102_000, 5300])
    expect(pooled.errors.z).toEqual([16_500, 3530, 2670])
    expect(pooled.leak).toEqual({ x: 144_000, z: 144_000 })
    expect(poolCounts([block])).toEqual(block)
  })

  it('never gives less key than passes of like quality one by one; weak ones only together', () => {
    const { secret_bits } = pooledKeyLength(
      [block, other].map((one) => ({ ...one, source })),
      security,
    )
    expect(secret_bits).toBeGreaterThanOrEqual(keyOf(block) + keyOf(other))
    const tenth = (n: number): number => Math.floor(n / 12)
    const weak = poolCounts([block])
    const scaled = JSON.parse(JSON.stringify(weak), (_, value: unknown) =>
      typeof value === 'number' ? tenth(value) : value,
    ) as CountedBlock
    expect(keyOf(scaled)).toBe(0)
    const many = Array.from({ length: 8 }, () => ({ ...scaled, source }))
    expect(pooledKeyLength(many, security).secret_bits).toBeGreaterThan(0)
  })

  it('refuses unequal sources and nothing at all', () => {
    const brighter: DecoySource = { ...source, intensities: [0.7, 0.1, 0] }
    const mixed = [
      { ...block, source },
      { ...other, source: brighter },
    ]
    expect(() => pooledKeyLength(mixed, security)).toThrow(
      /intensities of pooled block 2 \[0.7,0.1,0\]/,
    )
    expect(() => poolCounts([])).toThrow(/one or more/)
  })
})

describe('epsilon ledger of a chain: shares add', () => {
  it('a thousand passes of 1e-10 are 1e-7 (relative 1e-12), and never above one', () => {
    const shares = Array.from({ length: 1000 }, (_, i) => ({ what: `pass ${i}`, epsilon: 1e-10 }))
    expect(chainEpsilon(shares).total / 1e-7).toBeCloseTo(1, 12)
    expect(
      chainEpsilon([
        { what: 'all', epsilon: 0.9 },
        { what: 'too', epsilon: 0.9 },
      ]).total,
    ).toBe(1)
    expect(chainEpsilon([])).toEqual({ total: 0, shares: [] })
    const [largest] = chainEpsilon([
      { what: 'tag', epsilon: 1e-30 },
      { what: 'key', epsilon: 1e-9 },
    ]).shares
    expect(largest.what).toBe('key')
    expect(() => chainEpsilon([{ what: 'tag', epsilon: NaN }])).toThrow(/"tag" NaN/)
  })
})
