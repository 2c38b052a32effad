import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Pass } from '../model/pass'
import type { MissionSatellite, ResolvedMission } from '../model/resolved-mission'
import type { Station } from '../model/station'
import { importElements } from '../orbit/import-elements'
import { findPasses } from '../orbit/passes'
import { passTrack } from '../orbit/track'
import { parseUtc } from '../model/time'
import { pairWindow } from './pair-window'

const resource = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../resources', name), 'utf8'))
const { records } = resource('elements/micius.json') as {
  records: { id: string; elements: unknown }[]
}
const read = resource('stations/stations.json') as Station[] | { stations: Station[] }
const stations = Array.isArray(read) ? read : read.stations
const station = (id: string): Station => {
  const found = stations.find((one) => one.id === id)
  if (!found) throw new Error(`no station ${id}`)
  return found
}
const record = records.find(({ id }) => id === 'micius-2017-05-21')
const { accepted } = importElements(JSON.stringify(record?.elements), 'the shipped record')
const satellite = { noradId: 41731, record: { elements: accepted[0] } } as MissionSatellite
const mission = (max_range_km: number): ResolvedMission =>
  ({
    mission: { exchange: { min_elevation_deg: 10, max_range_km, sun_below_deg: -12 } },
  }) as ResolvedMission

function passNear(id: string, utc: string): Pass {
  const near_ms = parseUtc(utc)
  const span = {
    from_ms: near_ms - 3_600_000,
    to_ms: near_ms + 3_600_000,
    minElevation_rad: 0.1745,
  }
  return findPasses({ elements: satellite.record.elements, station: station(id), ...span })[0]
}

const NIGHT = '2017-05-22T17:41:00Z'
const both = [station('delingha'), station('lijiang')] as const
const passes = [passNear('delingha', NIGHT), passNear('lijiang', NIGHT)] as const

describe('common window of Delingha and Lijiang (Yin et al., Science 356, 1140 (2017))', () => {
  it('lasts over four minutes, and both ranges together are 1600 to 2400 km in most of it', () => {
    const window = pairWindow(mission(2000), satellite, both, passes)
    if ('whyNot' in window) throw new Error(window.whyNot)
    const seconds = Math.floor((window.to_ms - window.from_ms) / 1000)
    expect(seconds).toBeGreaterThan(240)
    const times_ms = Float64Array.from({ length: seconds }, (_, i) => window.from_ms + 1000 * i)
    const { elements } = satellite.record
    const [a, b] = both.map((one) => passTrack({ elements, station: one, times_ms }))
    const sums_km = Array.from(times_ms, (_, i) => (a.range_m[i] + b.range_m[i]) / 1000)
    expect(Math.min(...sums_km)).toBeGreaterThan(1590)
    expect(sums_km.filter((sum) => sum < 2400).length).toBeGreaterThan(seconds / 2)
    expect(a.elevation_rad.every((angle) => angle > 0.174)).toBe(true)
    expect(b.elevation_rad.every((angle) => angle > 0.174)).toBe(true)
  })

  it('names the station in whose way the limits stand', () => {
    const near = mission(560)
    expect(pairWindow(near, satellite, both, passes)).toEqual({
      whyNot: expect.stringMatching(/^lijiang: never within 560 km/) as string,
    })
  })

  it('says when the two receive at different times', () => {
    const apart = [
      passNear('delingha', NIGHT),
      passNear('lijiang', '2017-05-23T17:21:00Z'),
    ] as const
    expect(pairWindow(mission(2000), satellite, both, apart)).toEqual({
      whyNot: expect.stringMatching(/delingha and lijiang receive at different times/) as string,
    })
  })
})
