/** One instant of a pass with everything the contract's document says of it. */
import type { PassPoint } from '../model/pass'
import { formatUtc } from '../model/time'
import { degrees } from '../model/units'
import { angleBetween, minus } from './frames'
import type { Propagator } from './propagator'
import { lightOf } from './shadow'
import { bodiesAt, skyOf } from './sun-moon'
import { lookAngle, type Observer } from './topocentric'

/**
 * Look angles, light, Sun and Moon at an instant, in the document's units.
 * @throws PropagationError
 */
export function passPoint(observer: Observer, propagator: Propagator, utc_ms: number): PassPoint {
  const look = lookAngle(observer, propagator, utc_ms)
  const { position_m } = propagator.earthFixed(utc_ms)
  const bodies = bodiesAt(utc_ms)
  const sky = skyOf(observer, bodies)
  const sight = minus(position_m, observer.position_m)
  const apart_deg = (body: typeof position_m): number =>
    degrees(angleBetween(sight, minus(body, observer.position_m)))
  return {
    utc: formatUtc(utc_ms),
    azimuth_deg: degrees(look.azimuth_rad),
    elevation_deg: degrees(look.elevation_rad),
    range_km: look.range_m / 1000,
    range_rate_km_s: look.rangeRate_m_s / 1000,
    satellite_light: lightOf(position_m, bodies.sun_m),
    sun_elevation_deg: degrees(sky.sunElevation_rad),
    moon_elevation_deg: degrees(sky.moonElevation_rad),
    moon_illuminated_fraction: sky.moonIlluminatedFraction,
    moon_separation_deg: apart_deg(bodies.moon_m),
    sun_separation_deg: apart_deg(bodies.sun_m),
  }
}
