/**
 * Oracles: the published pass of Liao et al. (2017) over Xinglong, nine passes of the 2016-17 campaign
 * (2 s, 1 km), and a blind scan each second with the library's own frames, which shares no code with
 * the finder but SGP4.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ecfToLookAngles, eciToEcf, gstime, sgp4, twoline2satrec } from 'satellite.js'
import { describe, expect, it } from 'vitest'
import micius from '../vectors/micius-elements.json'
import type { Elements } from '../model/elements'
import type { Station } from '../model/station'
import { parseUtc } from '../model/time'
import { radians } from '../model/units'
import { siderealAngle } from './frames'
import { findPasses } from './passes'
import { createPropagator } from './propagator'
import { readTle } from './tle'
import { createObserver, lookAngle } from './topocentric'

/** Read as a file: no room imports a resource. */
const shippedFile = (path: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../resources', path), 'utf8'))
const stations = shippedFile('stations/stations.json') as Station[]

const MASK = radians(10)
const DAY_MS = 86_400_000
const station = (id: string) => stations.find((one) => one.id === id)!
const xinglong = station('xinglong')
const setOf = (day: string) => micius.elements.find((one) => one.epoch_utc.startsWith(day))!
const elementsOf = (day: string): Elements => {
  const reading = readTle(setOf(day).line1, setOf(day).line2, 'QSS (MOZI)')
  if ('reasons' in reading) throw new Error(reading.reasons.join())
  return reading.elements
}
const passesOn = (elements: Elements, from: string, to: string, mask = MASK, place = xinglong) =>
  findPasses({
    elements,
    station: place,
    from_ms: parseUtc(from),
    to_ms: parseUtc(to),
    minElevation_rad: mask,
  })
const seconds = (utc: string): number => parseUtc(utc) / 1000

/** Seconds of a pass within a range, by the 10 ms. */
function secondsWithin(elements: Elements, aos: string, los: string, range_m: number): number {
  const [observer, propagator] = [createObserver(xinglong), createPropagator(elements)]
  let count = 0
  for (let utc_ms = parseUtc(aos); utc_ms < parseUtc(los); utc_ms += 10)
    count += lookAngle(observer, propagator, utc_ms).range_m <= range_m ? 1 : 0
  return count / 100
}

describe('Micius over Xinglong on 2016-12-19', () => {
  it.each(['2016-12-18', '2016-12-19'])('is the published pass from the set of %s', (day) => {
    const elements = elementsOf(day)
    const passes = passesOn(elements, '2016-12-19T12:00Z', '2016-12-20T00:00Z')
    expect(passes).toHaveLength(1)
    const pass = passes[0]!
    expect(pass.id).toBe('41731-xinglong-20161219T165213Z')
    expect(Math.abs(pass.min_range_km - 645)).toBeLessThan(1)
    expect(Math.abs(seconds(pass.tca.utc) - seconds('2016-12-19T16:52:13Z'))).toBeLessThan(1)
    expect(pass.max_elevation_deg).toBeCloseTo(47.8, 1)
    expect(pass.tca.satellite_light).toBe('umbra')
    const within_s = secondsWithin(elements, pass.aos.utc, pass.los.utc, 1_200_000)
    expect(Math.abs(within_s - 272)).toBeLessThan(1)
  })
})

describe('campaign of 2016-17 over Xinglong, 2 s and 1 km', () => {
  it.each([
    ['2016-12-19', '2016-12-19T16:52:13Z', 47.8, 645.3, 417, 272],
    ['2016-10-08', '2016-10-08T15:57:50Z', 28.7, 930.2, 383, 206],
    ['2016-10-09', '2016-10-09T17:10:15Z', 28.9, 927.1, 380, 206],
    ['2017-01-03', '2017-01-03T16:10:46Z', 43.4, 685.2, 413, 267],
    ['2017-01-06', '2017-01-06T16:39:53Z', 71.7, 513.8, 429, 292],
    ['2017-01-12', '2017-01-12T16:04:27Z', 35.8, 788.1, 401, 246],
    ['2017-05-13', '2017-05-13T16:12:59Z', 49.5, 641.9, 427, 275],
    ['2017-05-16', '2017-05-16T16:41:33Z', 65.3, 548.6, 436, 288],
    ['2017-05-18', '2017-05-18T15:58:09Z', 31.5, 883.4, 397, 222],
  ])('of %s: TCA %s', (day, tca, elevation_deg, range_km, above_s, within_s) => {
    const elements = elementsOf(day)
    const from_ms = parseUtc(tca) - 600_000
    const found = findPasses({
      elements,
      station: xinglong,
      from_ms,
      to_ms: from_ms + 1_200_000,
      minElevation_rad: MASK,
    })
    expect(found).toHaveLength(1)
    const pass = found[0]!
    expect(Math.abs(seconds(pass.tca.utc) - seconds(tca))).toBeLessThan(2)
    expect(Math.abs(pass.max_elevation_deg - elevation_deg)).toBeLessThan(0.1)
    expect(Math.abs(pass.min_range_km - range_km)).toBeLessThan(1)
    expect(Math.abs(pass.duration_s - above_s)).toBeLessThan(2)
    const within = secondsWithin(elements, pass.aos.utc, pass.los.utc, 1_200_000)
    expect(Math.abs(within - within_s)).toBeLessThan(2)
  })
})

interface Seen {
  aos_ms: number
  los_ms: number
  top_rad: number
}

/** Runs of seconds above the mask, for each place, from one scan. */
function blindScan(day: string, places: typeof stations, from_ms: number, days: number): Seen[][] {
  const satrec = twoline2satrec(setOf(day).line1, setOf(day).line2)
  const geodetic = places.map((place) => ({
    latitude: radians(place.lat_deg),
    longitude: radians(place.lon_deg),
    height: place.alt_m / 1000,
  }))
  const found: Seen[][] = places.map(() => [])
  const open: (Seen | null)[] = places.map(() => null)
  for (let second = 0; second < days * 86_400; second += 1) {
    const utc_ms = from_ms + second * 1000
    const julian = utc_ms / DAY_MS + 2_440_587.5
    const state = sgp4(satrec, (julian - satrec.jdsatepoch) * 1440)
    if (!state) throw new Error('no position')
    const fixed = eciToEcf(state.position, gstime(julian))
    geodetic.forEach((place, at) => {
      const { elevation } = ecfToLookAngles(place, fixed)
      const run = open[at]
      if (elevation > MASK) {
        if (run) {
          run.los_ms = utc_ms
          run.top_rad = Math.max(run.top_rad, elevation)
        } else open[at] = { aos_ms: utc_ms, los_ms: utc_ms, top_rad: elevation }
      } else if (run) {
        found[at]!.push(run)
        open[at] = null
      }
    })
  }
  return found
}

describe('fourteen days against a blind scan each second', () => {
  const places = ['xinglong', 'graz', 'tenerife', 'stellenbosch', 'ngari'].map(station)
  const from_ms = parseUtc('2016-12-19T03:00:00Z')
  const scans = blindScan('2016-12-19', places, from_ms, 14)

  it.each(places.map((place, at) => [place.id, at] as const))('over %s: none missed', (_id, at) => {
    const passes = findPasses({
      elements: elementsOf('2016-12-19'),
      station: places[at]!,
      from_ms,
      to_ms: from_ms + 14 * DAY_MS,
      minElevation_rad: MASK,
    })
    const seen = scans[at]!
    expect(seen.length).toBeGreaterThan(25)
    expect(passes.map((pass) => pass.tca.utc.slice(0, 15))).toHaveLength(seen.length)
    passes.forEach((pass, index) => {
      const run = seen[index]!
      expect(run.aos_ms - parseUtc(pass.aos.utc)).toBeGreaterThan(-10)
      expect(run.aos_ms - parseUtc(pass.aos.utc)).toBeLessThan(1010)
      expect(parseUtc(pass.los.utc) - run.los_ms).toBeGreaterThan(-10)
      expect(parseUtc(pass.los.utc) - run.los_ms).toBeLessThan(1010)
      expect(Math.abs(radians(pass.max_elevation_deg) - run.top_rad)).toBeLessThan(1e-3)
    })
  })
})

describe('edges of a pass', () => {
  const elements = elementsOf('2016-12-19')
  const week = passesOn(elements, '2016-12-19T00:00Z', '2016-12-26T00:00Z')

  it('stands at the mask at AOS and LOS, within 1e-6 rad (1 ms)', () => {
    expect(week.length).toBeGreaterThan(10)
    for (const pass of week)
      for (const point of [pass.aos, pass.los])
        expect(Math.abs(radians(point.elevation_deg) - MASK)).toBeLessThan(1e-6)
  })

  it('approaches at AOS, recedes at LOS and is highest at TCA', () => {
    for (const pass of week) {
      expect(pass.aos.range_rate_km_s).toBeLessThan(0)
      expect(pass.los.range_rate_km_s).toBeGreaterThan(0)
      expect(pass.min_range_km).toBeLessThanOrEqual(pass.tca.range_km)
    }
  })

  it('finds a pass that clears the mask by 0.01 degree, and none that stays 0.001 below', () => {
    const pass = week[0]!
    const around = (mask_deg: number) =>
      passesOn(elements, pass.aos.utc, pass.los.utc, radians(mask_deg))
    expect(around(pass.max_elevation_deg - 0.01)).toHaveLength(1)
    expect(around(pass.max_elevation_deg + 0.001)).toHaveLength(0)
  })

  it('lists a pass by its TCA in [from, to) though AOS or LOS lie outside', () => {
    const { tca } = week[0]!
    const at_ms = parseUtc(tca.utc)
    const list = (from_ms: number, to_ms: number) =>
      findPasses({ elements, station: xinglong, from_ms, to_ms, minElevation_rad: MASK })
    expect(list(at_ms - 2, at_ms + 2)).toHaveLength(1)
    expect(list(at_ms - 60_000, at_ms - 2)).toHaveLength(0)
    expect(list(at_ms + 2, at_ms + 60_000)).toHaveLength(0)
  })

  it('marks a satellite that never sets instead of searching for its set', () => {
    const geostationary: Elements = {
      ...elements,
      meanMotion_rad_s: (1.00273791 * 2 * Math.PI) / 86_400,
      eccentricity: 0.0001,
      inclination_rad: 0.0005,
      raan_rad: 0,
      argumentOfPerigee_rad: 0,
      meanAnomaly_rad: (siderealAngle(elements.epoch_ms) + radians(100)) % (2 * Math.PI),
      bstar_per_earth_radius: 0,
    }
    const places = stations.flatMap((place) =>
      passesOn(geostationary, '2016-12-19T00:00Z', '2016-12-21T00:00Z', radians(5), place),
    )
    expect(places.length).toBeGreaterThan(0)
    expect(places.every((pass) => pass.clipped)).toBe(true)
  })

  it('refuses a window that runs backwards', () => {
    expect(() => passesOn(elements, '2016-12-20T00:00Z', '2016-12-19T00:00Z')).toThrow(RangeError)
  })
})

describe('shadow events', () => {
  it('cross the penumbra in order and change the light, over Graz in spring 2021', () => {
    const passes = passesOn(
      elementsOf('2021-04-27'),
      '2021-04-27T00:00Z',
      '2021-05-04T00:00Z',
      MASK,
      station('graz'),
    )
    const events = passes.flatMap((pass) => pass.shadow_events)
    expect(events.length).toBeGreaterThan(1)
    for (const pass of passes) {
      const path = [pass.aos.satellite_light, ...pass.shadow_events.map(({ to }) => to)]
      expect(pass.shadow_events.map(({ from }) => from)).toEqual(path.slice(0, -1))
      expect(path[path.length - 1]).toBe(pass.los.satellite_light)
    }
  })
})
