import { describe, expect, it } from 'vitest'
import { disciplinedClocks, findClockDifference } from './clock-search'
import { ClockLine } from './clock-line'
import { eventsOf } from './events'

/** Repeatable uniform numbers (Park and Miller's minimal standard). */
function uniforms(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

const ascending = (values: number[]): Float64Array => Float64Array.from(values).sort()

/** Two streams with `pairs` tags in common, on clocks that differ by a line. */
function streams(
  pairs: number,
  singles: number,
  seconds: number,
  offset_ps: number,
  drift: number,
) {
  const random = uniforms(17)
  const length_ps = seconds * 1e12
  const gaussian = (): number => Array.from({ length: 12 }, random).reduce((a, b) => a + b, -6)
  const common = Array.from({ length: pairs }, () => random() * length_ps)
  const noise = (): number[] => Array.from({ length: singles }, () => random() * length_ps)
  const late = (t: number): number => t + offset_ps + drift * t + 700 * gaussian()
  return { a: ascending([...common, ...noise()]), b: ascending([...common.map(late), ...noise()]) }
}

describe('clock difference by its peak, against the line that was made', () => {
  it.each([
    [300, 90_000, 60, 412_345, 3.2e-9],
    [40, 100_000, 60, -900_000, -4.9e-9],
    [2000, 20_000, 3, 0, 0],
  ])(
    '%s pairs among %s singles in %s s: within 5 sigma',
    (pairs, singles, seconds, offset, drift) => {
      const { a, b } = streams(pairs, singles, seconds, offset, drift)
      const found = findClockDifference(a, b, disciplinedClocks, 2500)
      if (!found) throw new Error('nothing found')
      const middle_ps = seconds * 0.5e12
      const error_ps = found.offset_ps + found.drift * middle_ps - offset - drift * middle_ps
      expect(Math.abs(error_ps)).toBeLessThan((5 * 750) / Math.sqrt(0.8 * pairs))
      const spread_ps = (seconds * 1e12) / Math.sqrt(12)
      expect(Math.abs(found.drift - drift) * spread_ps).toBeLessThan(
        (5 * 750) / Math.sqrt(0.8 * pairs),
      )
    },
  )

  it('finds nothing in streams that share nothing, in empty ones, or outside the prior', () => {
    const { a } = streams(0, 60_000, 40, 0, 0)
    const { b } = streams(0, 61_000, 40, 0, 0)
    expect(findClockDifference(a, b, disciplinedClocks, 2500)).toBeNull()
    expect(findClockDifference(a, new Float64Array(0), disciplinedClocks, 2500)).toBeNull()
    const far = streams(500, 5000, 10, 5e6, 0)
    expect(findClockDifference(far.a, far.b, disciplinedClocks, 2500)).toBeNull()
  })
})

describe('clock line', () => {
  it('follows coincidences and turns readings of one clock into those of the other', () => {
    const line = new ClockLine({ offset_ps: 0, drift: 0 })
    for (let s = 0; s < 20; s += 1) {
      const at_ps = s * 1e12
      line.note(at_ps, 500 + 1e-10 * at_ps - line.difference_ps(at_ps))
      line.refit()
    }
    expect(line.now.offset_ps).toBeCloseTo(500, 6)
    expect(line.now.drift).toBeCloseTo(1e-10, 16)
    expect(line.residual_ps).toBeLessThan(1e-3)
    expect(line.onAlicesClock_ps(1e12 + line.difference_ps(1e12))).toBeCloseTo(1e12, 2)
  })
})

describe('events of a station', () => {
  it('joins tags nearer than the window, and draws one of them', () => {
    const tags = {
      time_ps: Float64Array.of(0, 100, 10_000, 20_000, 21_000),
      channel: Uint8Array.of(0, 1, 2, 3, 6),
    }
    const last = eventsOf(tags, 2500, (below) => below - 1)
    expect([...last.time_ps]).toEqual([100, 10_000, 21_000])
    expect([...last.setting]).toEqual([0, 1, 3])
    expect([...last.outcome]).toEqual([1, 0, 0])
    expect([...eventsOf(tags, 2500, () => 0).outcome]).toEqual([0, 0, 1])
  })
})
