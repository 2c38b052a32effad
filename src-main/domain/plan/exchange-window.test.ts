import { describe, expect, it } from 'vitest'
import type { Station } from '../model/station'
import { degrees, radians } from '../model/units'
import { findPasses } from '../orbit/passes'
import { passTrack } from '../orbit/track'
import { exchangeWindow } from './exchange-window'
import { flagshipElements, flagshipMission, xinglong } from './flagship.testing'
import { maskElevation_deg } from './horizon-mask'

const resolved = flagshipMission('2016-12-19T16:00:00Z', '2016-12-19T18:00:00Z')
const [pass] = findPasses({
  elements: flagshipElements,
  station: xinglong,
  from_ms: resolved.start_ms,
  to_ms: resolved.end_ms,
  minElevation_rad: radians(10),
})

const windowOf = (station: Station, mission = resolved) =>
  exchangeWindow(mission, mission.satellites[0], station, pass)

function at(utc_ms: number): { range_km: number; elevation_deg: number; sun_deg: number } {
  const track = passTrack({
    elements: flagshipElements,
    station: xinglong,
    times_ms: Float64Array.of(utc_ms),
  })
  return {
    range_km: track.range_m[0] / 1000,
    elevation_deg: degrees(track.elevation_rad[0]),
    sun_deg: degrees(track.sunElevation_rad[0]),
  }
}

/** Edges of a window that must exist. */
function edges(station: Station, mission = resolved): { from_ms: number; to_ms: number } {
  const window = windowOf(station, mission)
  if ('whyNot' in window) throw new Error(window.whyNot)
  return window
}

describe('exchange window of the flagship pass', () => {
  it('ends at 1200 km to 10 ms on both sides, and lies inside', () => {
    const { from_ms, to_ms } = edges(xinglong)
    for (const [inside, outside] of [
      [from_ms, from_ms - 12],
      [to_ms, to_ms + 12],
    ]) {
      expect(at(inside).range_km).toBeLessThanOrEqual(1200)
      expect(at(outside).range_km).toBeGreaterThan(1200)
    }
  })

  it('is narrowed by the site, and the stricter of mission and site holds', () => {
    const site = { ...xinglong.site, min_elevation_deg: 30 }
    const { from_ms, to_ms } = edges({ ...xinglong, site })
    expect(at(from_ms).elevation_deg).toBeGreaterThanOrEqual(30 - 1e-6)
    expect(at(from_ms - 12).elevation_deg).toBeLessThan(30)
    expect(at(to_ms + 12).elevation_deg).toBeLessThan(30)
  })

  it('is refused in words', () => {
    const wall = { ...xinglong.site, horizon_mask: [[0, 80] as [number, number]] }
    expect(windowOf({ ...xinglong, site: wall })).toEqual({ whyNot: 'below the horizon mask' })
    const high = { ...xinglong.site, min_elevation_deg: 60 }
    expect(windowOf({ ...xinglong, site: high })).toEqual({
      whyNot: expect.stringMatching(/^too low: 47\.8 deg/),
    })
    const dark = { ...xinglong.site, sun_below_deg: -89 }
    expect(windowOf({ ...xinglong, site: dark })).toEqual({
      whyNot: expect.stringMatching(/^daylight: Sun at -/),
    })
    const near = structuredClone(resolved)
    near.mission.exchange.max_range_km = 600
    expect(windowOf(xinglong, near)).toEqual({ whyNot: 'never within 600 km: nearest 645 km' })
  })

  it('dusk and dawn cut it: Sun within the limit at both edges', () => {
    const sun = at((edges(xinglong).from_ms + edges(xinglong).to_ms) / 2).sun_deg
    const site = { ...xinglong.site, sun_below_deg: sun }
    const { from_ms, to_ms } = edges({ ...xinglong, site })
    expect(to_ms - from_ms).toBeLessThan(200_000)
    expect(at(from_ms).sun_deg).toBeLessThanOrEqual(sun)
    expect(at(to_ms).sun_deg).toBeLessThanOrEqual(sun)
  })
})

describe('horizon mask', () => {
  const site = {
    horizon_mask: [
      [350, 20],
      [10, 40],
      [180, 0],
    ] as [number, number][],
  }

  it.each([
    [350, 20],
    [0, 30],
    [10, 40],
    [95, 20],
    [180, 0],
    [265, 10],
  ])(
    'at %d deg is %d deg, linear between corners and across north',
    (azimuth_deg, elevation_deg) => {
      expect(maskElevation_deg(site, radians(azimuth_deg))).toBeCloseTo(elevation_deg, 9)
    },
  )

  it('is flat without corners and level with one', () => {
    expect(maskElevation_deg({ horizon_mask: [] }, 1)).toBe(0)
    expect(maskElevation_deg({ horizon_mask: [[90, 12]] }, 4)).toBe(12)
  })
})
