/** Oracle: the pass finder's own points at the same instants (exact), and the sphere's geometry. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ecfToLookAngles, eciToEcf, gstime, json2satrec, propagate } from 'satellite.js'
import type { EcfVec3 } from 'satellite.js'
import { describe, expect, it } from 'vitest'
import type { Station } from '../model/station'
import { parseUtc } from '../model/time'
import { degrees, radians } from '../model/units'
import { elementsCatalogue } from './catalogue'
import { ecefPositions } from './ground'
import { findPasses } from './passes'
import { lights } from './shadow'
import { passTrack } from './track'

/** Read as a file: no room imports a resource. */
const shippedFile = (path: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../resources', path), 'utf8'))
const stations = shippedFile('stations/stations.json') as Station[]
const micius = shippedFile('elements/micius.json') as unknown

const { elements } = elementsCatalogue(micius).find(({ id }) => id === 'micius-2016-12-19')!
const station = stations.find(({ id }) => id === 'graz')!
const from_ms = parseUtc('2016-12-22T12:00:00Z')
const passes = findPasses({
  elements,
  station,
  from_ms,
  to_ms: from_ms + 86_400_000,
  minElevation_rad: radians(10),
})
const points = passes.flatMap((pass) => [pass.aos, pass.tca, pass.los])
const times_ms = Float64Array.from(points, (point) => parseUtc(point.utc))

describe('pass track', () => {
  const track = passTrack({ elements, station, times_ms })

  it('agrees with the points of the passes within the 0.5 ms of their printed time', () => {
    expect(points.length).toBeGreaterThan(5)
    points.forEach((point, row) => {
      const azimuth_rad = track.azimuth_rad[row]! - radians(point.azimuth_deg)
      const aside_rad = azimuth_rad * Math.cos(track.elevation_rad[row]!)
      expect(Math.abs(degrees(aside_rad))).toBeLessThan(5e-4)
      expect(degrees(track.elevation_rad[row]!)).toBeCloseTo(point.elevation_deg, 3)
      expect(track.range_m[row]! / 1000).toBeCloseTo(point.range_km, 2)
      expect(track.rangeRate_m_s[row]! / 1000).toBeCloseTo(point.range_rate_km_s, 3)
      expect(degrees(track.moonSeparation_rad[row]!)).toBeCloseTo(point.moon_separation_deg, 3)
      expect(degrees(track.sunElevation_rad[row]!)).toBeCloseTo(point.sun_elevation_deg, 4)
      expect(lights[track.light[row]!]).toBe(point.satellite_light)
    })
  })

  it('has the range rate of its own ranges, within 2 m/s', () => {
    const tca_ms = parseUtc(passes[0]!.tca.utc) + 60_000
    const pair = passTrack({
      elements,
      station,
      times_ms: Float64Array.of(tca_ms - 500, tca_ms, tca_ms + 500),
    })
    const slope_m_s = pair.range_m[2]! - pair.range_m[0]!
    expect(Math.abs(pair.rangeRate_m_s[1]! - slope_m_s)).toBeLessThan(2)
  })
})

describe('Earth-fixed positions (oracle: the frames of satellite.js on its own SGP4)', () => {
  const oracle = (utc_ms: number): EcfVec3<number> => {
    const satrec = json2satrec({
      OBJECT_NAME: 'oracle',
      OBJECT_ID: elements.cosparId,
      EPOCH: new Date(elements.epoch_ms).toISOString().replace('Z', ''),
      MEAN_MOTION: (elements.meanMotion_rad_s * 86_400) / (2 * Math.PI),
      ECCENTRICITY: elements.eccentricity,
      INCLINATION: degrees(elements.inclination_rad),
      RA_OF_ASC_NODE: degrees(elements.raan_rad),
      ARG_OF_PERICENTER: degrees(elements.argumentOfPerigee_rad),
      MEAN_ANOMALY: degrees(elements.meanAnomaly_rad),
      EPHEMERIS_TYPE: 0,
      CLASSIFICATION_TYPE: 'U',
      NORAD_CAT_ID: String(elements.noradId),
      ELEMENT_SET_NO: 999,
      REV_AT_EPOCH: 0,
      BSTAR: elements.bstar_per_earth_radius,
      MEAN_MOTION_DOT: 0,
      MEAN_MOTION_DDOT: 0,
    })
    const date = new Date(utc_ms)
    return eciToEcf(propagate(satrec, date)!.position, gstime(date))
  }

  it('are the oracle’s, one triple a time, within 20 m (its epoch is cut to 1 ms: 7.5 m)', () => {
    const triples = ecefPositions(elements, times_ms)
    expect(triples).toHaveLength(3 * times_ms.length)
    times_ms.forEach((utc_ms, row) => {
      const { x, y, z } = oracle(Math.round(utc_ms))
      const [dx, dy, dz] = [x, y, z].map((km, axis) => triples[3 * row + axis]! - km * 1000)
      expect(Math.hypot(dx!, dy!, dz!)).toBeLessThan(20 + 8 * Math.abs(utc_ms - Math.round(utc_ms)))
    })
  })

  it('stand at the mask above the station when the satellite rises there, within 0.01 degree', () => {
    const aos_ms = parseUtc(passes[0]!.aos.utc)
    const [x, y, z] = ecefPositions(elements, Float64Array.of(aos_ms)).map((m) => m / 1000)
    const place = {
      latitude: radians(station.lat_deg),
      longitude: radians(station.lon_deg),
      height: station.alt_m / 1000,
    }
    const { elevation } = ecfToLookAngles(place, { x: x!, y: y!, z: z! })
    expect(Math.abs(degrees(elevation) - 10)).toBeLessThan(0.01)
  })
})
