import { describe, expect, it } from 'vitest'
import type { Candidate, PassPoint } from '@domain/model/pass'
import { chosenIds, overlaps, requestFor, toggled } from './chosen'

const point = (utc: string): PassPoint => ({
  utc,
  azimuth_deg: 0,
  elevation_deg: 10,
  range_km: 1000,
  range_rate_km_s: 0,
  satellite_light: 'umbra',
  sun_elevation_deg: -50,
  moon_elevation_deg: -5,
  moon_illuminated_fraction: 0.5,
  moon_separation_deg: 90,
  sun_separation_deg: 90,
})
const candidate = (station: string, hour: number, minute = 0): Candidate => {
  const at = (shift: number): PassPoint =>
    point(new Date(Date.UTC(2016, 11, 19, hour, minute + shift)).toISOString())
  return {
    pass: {
      id: `1-${station}-${hour}`,
      satellite: 1,
      station,
      aos: at(-3),
      tca: at(0),
      los: at(3),
      max_elevation_deg: 50,
      min_range_km: 600,
      min_range_utc: at(0).utc,
      duration_s: 360,
      shadow_events: [],
    },
    expected_key_bits: 1000,
    dark: true,
  }
}
const all = [candidate('a', 16), candidate('a', 18), candidate('b', 16, 4)]

describe('contacts name the pass whose TCA is nearest (contract, mission file)', () => {
  it('finds the nearest of the same station', () => {
    const near = { satellite: 1, station: 'a', near_utc: '2016-12-19T16:40:00Z' }
    expect([...chosenIds([near], all)]).toEqual(['1-a-16'])
    expect(chosenIds([{ ...near, station: 'c' }], all).size).toBe(0)
  })
  it('chooses in time order, and releases again', () => {
    const [first, second] = all as [Candidate, Candidate, Candidate]
    const both = toggled(toggled([], second, all), first, all)
    expect(both).toEqual([requestFor(first), requestFor(second)])
    expect(toggled(both, first, all)).toEqual([requestFor(second)])
  })
  it('counts chosen contacts of one satellite that overlap', () => {
    expect([...overlaps(all).values()]).toEqual([2, 1, 2])
  })
})
