/**
 * Sun and Moon as a station sees them, by astronomy-engine (truncated VSOP87 and a lunar series of
 * Montenbruck and Pfleger; about one arc-minute).
 * Conventions: apparent place of date turned by Greenwich apparent sidereal time, topocentric,
 * airless, centre of the disc; the illuminated fraction is geocentric. Limit: UT1 = UTC.
 */
import {
  Body,
  GeoVector,
  KM_PER_AU,
  MakeTime,
  Rotation_EQJ_EQD,
  RotateVector,
  SiderealTime,
  type AstroTime,
} from 'astronomy-engine'
import { angleBetween, daysSinceJ2000, minus, turnAxes, type Vector } from './frames'
import { directionTo, type Observer } from './topocentric'

/** Earth-fixed positions of both, metres from the geocentre. */
export interface Bodies {
  sun_m: Vector
  moon_m: Vector
}

export interface Sky {
  sunAzimuth_rad: number
  sunElevation_rad: number
  moonAzimuth_rad: number
  moonElevation_rad: number
  /** Sun-Moon-Earth angle: 0 at full Moon. */
  moonPhaseAngle_rad: number
  moonIlluminatedFraction: number
}

function earthFixedBody(body: Body, time: AstroTime): Vector {
  const ofDate = RotateVector(Rotation_EQJ_EQD(time), GeoVector(body, time, true))
  const scale = KM_PER_AU * 1000
  const geocentric = { x: ofDate.x * scale, y: ofDate.y * scale, z: ofDate.z * scale }
  return turnAxes(geocentric, (SiderealTime(time) * Math.PI) / 12)
}

/** Earth-fixed position of the Sun, metres. */
export const sunPosition = (utc_ms: number): Vector =>
  earthFixedBody(Body.Sun, MakeTime(daysSinceJ2000(utc_ms)))

/** Earth-fixed positions of Sun and Moon, metres. */
export function bodiesAt(utc_ms: number): Bodies {
  const time = MakeTime(daysSinceJ2000(utc_ms))
  return { sun_m: earthFixedBody(Body.Sun, time), moon_m: earthFixedBody(Body.Moon, time) }
}

/** What a station sees of the two bodies. */
export function skyOf(observer: Observer, bodies: Bodies): Sky {
  const sun = directionTo(observer, bodies.sun_m)
  const moon = directionTo(observer, bodies.moon_m)
  const toEarth = minus({ x: 0, y: 0, z: 0 }, bodies.moon_m)
  const moonPhaseAngle_rad = angleBetween(toEarth, minus(bodies.sun_m, bodies.moon_m))
  return {
    sunAzimuth_rad: sun.azimuth_rad,
    sunElevation_rad: sun.elevation_rad,
    moonAzimuth_rad: moon.azimuth_rad,
    moonElevation_rad: moon.elevation_rad,
    moonPhaseAngle_rad,
    moonIlluminatedFraction: (1 + Math.cos(moonPhaseAngle_rad)) / 2,
  }
}
