import { describe, expect, it } from 'vitest'
import type { ContactFrame } from './contact-frame'
import { countdown, phaseSteps } from './phase-steps'

const frame: ContactFrame = {
  satellite: 1,
  satelliteName: 'S',
  station: 'a',
  stationName: 'A',
  stations: ['a'],
  aos_ms: 100,
  tca_ms: 300,
  los_ms: 500,
  exchange_from_ms: 200,
  exchange_to_ms: 400,
}

describe('countdown', () => {
  it('goes to the next event of the pass, and to LOS only once it was ended (exact)', () => {
    const events = [50, 150, 250, 450].map((now_ms) => countdown(frame, now_ms).event_ms)
    expect(events).toEqual([100, 200, 400, 500])
    expect(countdown(frame, 250, true).event_ms).toBe(500)
  })
})

describe('phaseSteps', () => {
  it('has every step ahead before the contact is armed', () => {
    expect(phaseSteps(null, frame, 0).every(({ state }) => state === 'ahead')).toBe(true)
  })
})
