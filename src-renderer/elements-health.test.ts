import { describe, expect, it } from 'vitest'
import type { ElementsRecord } from '@domain/model/elements'
import { elementsHealth, worstStatus } from './elements-health'

const DAY_MS = 86_400_000
const record = (reentry_utc?: string): ElementsRecord => ({
  id: 'x',
  source: 'test',
  reentry_utc,
  elements: {
    name: 'X',
    noradId: 1,
    cosparId: '',
    epoch_ms: 0,
    meanMotion_rad_s: 1e-3,
    eccentricity: 0,
    inclination_rad: 1,
    raan_rad: 0,
    argumentOfPerigee_rad: 0,
    meanAnomaly_rad: 0,
    bstar_per_earth_radius: 0,
  },
})
const statusTo = (to_days: number): string => elementsHealth(record(), 0, to_days * DAY_MS).status

describe('age of elements over a horizon (contract: stale past 7 days, old past 30)', () => {
  it('turns at 7 and at 30 days, exclusive', () => {
    expect([7, 7.01, 30, 30.01].map(statusTo)).toEqual(['normal', 'caution', 'caution', 'serious'])
  })
  it('counts days before the epoch as well', () => {
    expect(elementsHealth(record(), -8 * DAY_MS, 0).status).toBe('caution')
  })
  it('is critical past a known re-entry only', () => {
    const reentered = record('1970-01-05')
    expect(elementsHealth(reentered, 0, 4 * DAY_MS).status).toBe('normal')
    expect(elementsHealth(reentered, 0, 4.1 * DAY_MS).status).toBe('critical')
  })
  it('rolls up to the worst', () => {
    expect(worstStatus(['normal', 'serious', 'caution'])).toBe('serious')
    expect(worstStatus([])).toBe('off')
  })
})
