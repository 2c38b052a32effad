import { describe, expect, it } from 'vitest'
import { searched } from './pair-streams.testing'

/**
 * Rates of the shipped missions at the middle of their passes: pairs a second, and the geometric mean of both ends'
 * singles, held for as long as a lock may take; clocks as flown, 160 ns and 1.5e-9 apart.
 */
describe('conditions of the shipped missions: every lock is right, counts within 5 sigma', () => {
  it.each([
    ['Delingha-Nanshan', 3.8, 5150, 30],
    ['Delingha-Lijiang', 2.4, 4070, 40],
    ['on board', 42, 16_900, 10],
    ['4 m telescopes', 301, 22_600, 4],
  ])('%s: %s pairs, %s singles a second', (_, pairs_Hz, singles_Hz, seconds) => {
    const clocks = { offset_ps: 120_000, drift: 1.5e-9 }
    const { finder, looks } = searched({ seed: 11, seconds, pairs_Hz, singles_Hz, ...clocks })
    const { offset_ps, drift } = finder.clock ?? { offset_ps: 0, drift: 0 }
    const middle_ps = seconds * 0.5e12
    const error_ps = offset_ps - clocks.offset_ps + (drift - clocks.drift) * middle_ps
    expect(Math.abs(error_ps)).toBeLessThan((5 * 500) / Math.sqrt(pairs_Hz * seconds))
    const found = looks.reduce((sum, look) => sum + look.found.length, 0)
    const expected = (pairs_Hz + (singles_Hz + pairs_Hz) ** 2 * 2.5e-9) * seconds
    expect(Math.abs(found - expected)).toBeLessThan(5 * Math.sqrt(expected))
    expect(looks.some(({ withdrawn }) => withdrawn)).toBe(false)
  })
})
