import { describe, expect, it } from 'vitest'
import { bestGateWidth, keyAt } from './gate-width'

const night = {
  jitter_ns: 0.53,
  signal_Hz: 14_000,
  background_Hz: 150,
  pulse_rate_Hz: 1e8,
  intensity: 0.8,
  error: 0.0105,
  ceiling_ns: 10,
}

describe('best gate against a search of every picosecond', () => {
  it.each([0, 150, 3000, 8000, 25_000])('%s background clicks a second', (background_Hz) => {
    const conditions = { ...night, background_Hz }
    const { gate_ns, secret_Hz } = bestGateWidth(conditions)
    let most = 0
    for (let ps = 100; ps <= 10_000; ps++) {
      most = Math.max(most, keyAt(conditions, ps / 1000).secret_Hz)
    }
    expect(secret_Hz).toBeGreaterThanOrEqual(most * (1 - 1e-9))
    expect(gate_ns).toBeLessThanOrEqual(10)
  })

  it('narrows as the background grows and never passes the ceiling', () => {
    const widths = [10, 100, 1000, 10_000].map(
      (background_Hz) => bestGateWidth({ ...night, background_Hz }).gate_ns,
    )
    expect([...widths].sort((a, b) => b - a)).toEqual(widths)
    expect(bestGateWidth({ ...night, background_Hz: 10, ceiling_ns: 2 }).gate_ns).toBeCloseTo(2, 6)
  })

  it('says that no gate yields key in daylight', () => {
    expect(bestGateWidth({ ...night, background_Hz: 1e6 }).secret_Hz).toBe(0)
  })

  it('refuses what cannot be', () => {
    expect(() => bestGateWidth({ ...night, background_Hz: -1 })).toThrow(/background_Hz is -1/)
    expect(() => bestGateWidth({ ...night, error: 0.7 })).toThrow(/error is 0.7/)
    expect(() => bestGateWidth({ ...night, jitter_ns: NaN })).toThrow(/jitter_ns is NaN/)
  })
})
