/** Oracle: ERFA (epv00, moon98, pnm06a, gst06a), topocentric and airless; tolerance 0.01 degree. */
import { describe, expect, it } from 'vitest'
import oracle from './fixtures/sun-moon.json'
import { parseUtc } from '../model/time'
import { degrees, radians } from '../model/units'
import { earthFixedToGeodetic } from './frames'
import { bodiesAt, skyOf, sunPosition } from './sun-moon'
import { createObserver, type Observer } from './topocentric'

const skyAt = (observer: Observer, utc_ms: number) => skyOf(observer, bodiesAt(utc_ms))

const rows = oracle.rows.map((row) => ({ ...row, name: row.station }))

describe('Sun and Moon over the stations', () => {
  it.each(rows)('$name at $utc', (row) => {
    const sky = skyAt(createObserver({ ...row, id: row.station }), parseUtc(row.utc))
    const apart = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180)
    const { sun_elevation_deg, moon_elevation_deg } = row
    expect(Math.abs(degrees(sky.sunElevation_rad) - sun_elevation_deg)).toBeLessThan(0.01)
    expect(Math.abs(degrees(sky.moonElevation_rad) - moon_elevation_deg)).toBeLessThan(0.01)
    const scale = Math.cos(radians(sun_elevation_deg))
    const moonScale = Math.cos(radians(moon_elevation_deg))
    expect(apart(degrees(sky.sunAzimuth_rad), row.sun_azimuth_deg) * scale).toBeLessThan(0.01)
    expect(apart(degrees(sky.moonAzimuth_rad), row.moon_azimuth_deg) * moonScale).toBeLessThan(0.01)
    const lit = sky.moonIlluminatedFraction - row.moon_illuminated_fraction
    expect(Math.abs(lit)).toBeLessThan(2e-4)
  })

  it('stands over the equator at the equinox of 2017-03-20T10:29Z (USNO), within 0.01 degree', () => {
    const point = earthFixedToGeodetic(sunPosition(parseUtc('2017-03-20T10:29:00Z')))
    expect(Math.abs(degrees(point.latitude_rad))).toBeLessThan(0.01)
  })

  it('has a dark side towards us at the eclipse of 2017-08-21T18:26Z, a lit one at full Moon', () => {
    const place = createObserver({ id: 'x', name: 'x', lat_deg: 37, lon_deg: -88, alt_m: 100 })
    const dark = skyAt(place, parseUtc('2017-08-21T18:26:00Z'))
    expect(dark.moonIlluminatedFraction).toBeLessThan(0.001)
    expect(Math.abs(dark.moonElevation_rad - dark.sunElevation_rad)).toBeLessThan(radians(0.5))
    const full = skyAt(place, parseUtc('2017-02-11T00:33:00Z'))
    expect(full.moonIlluminatedFraction).toBeGreaterThan(0.99)
    expect(degrees(full.moonPhaseAngle_rad)).toBeLessThan(3)
  })
})
