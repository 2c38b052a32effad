import { describe, expect, it } from 'vitest'
import { emptyTelemetry } from '@domain/model/telemetry'
import { phaseSpans, silhouette } from './scrub-marks'

describe('scrub strip', () => {
  const columns = emptyTelemetry(6)
  for (let row = 0; row < 6; row += 1) columns.utc_ms[row] = row * 1000
  columns.phase.set([3, 3, 4, 4, 4, 5])
  columns.sifted_bits.set([NaN, NaN, 50, NaN, 100, NaN])

  it('joins equal phases into spans that touch (exact)', () => {
    expect(phaseSpans(columns)).toEqual([
      { phase: 'track', from_ms: 0, to_ms: 2000 },
      { phase: 'exchange', from_ms: 2000, to_ms: 5000 },
      { phase: 'distil', from_ms: 5000, to_ms: 5000 },
    ])
  })

  it('lifts the shape over a hole instead of bridging it', () => {
    const path = silhouette(columns, (utc_ms) => utc_ms / 1000, 10)
    expect(path).toBe('M2.0 10L2.0 5.5V10ZM4.0 10L4.0 1.0V10Z')
  })
})
