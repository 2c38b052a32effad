/**
 * Where a station sees something: azimuth, elevation, range and range rate.
 * Conventions: WGS84 station, geometric elevation above the local geodetic horizontal (no refraction,
 * no light time, no aberration), azimuth from true north clockwise, range rate positive when receding.
 */
import type { StationPlace } from '../model/station'
import { radians } from '../model/units'
import { dot, geodeticToEarthFixed, length, minus, type Vector } from './frames'
import type { Propagator } from './propagator'

export interface Observer {
  readonly place: StationPlace
  readonly position_m: Vector
  readonly east: Vector
  readonly north: Vector
  readonly up: Vector
}

export interface Direction {
  /** In [0, 2 pi). */
  azimuth_rad: number
  elevation_rad: number
  range_m: number
}

export interface LookAngle extends Direction {
  /** Positive when receding. */
  rangeRate_m_s: number
}

/** The station's Earth-fixed position and its local axes. */
export function createObserver(place: StationPlace): Observer {
  const [latitude, longitude] = [radians(place.lat_deg), radians(place.lon_deg)]
  const [sinLat, cosLat] = [Math.sin(latitude), Math.cos(latitude)]
  const [sinLon, cosLon] = [Math.sin(longitude), Math.cos(longitude)]
  return {
    place,
    position_m: geodeticToEarthFixed(latitude, longitude, place.alt_m),
    east: { x: -sinLon, y: cosLon, z: 0 },
    north: { x: -sinLat * cosLon, y: -sinLat * sinLon, z: cosLat },
    up: { x: cosLat * cosLon, y: cosLat * sinLon, z: sinLat },
  }
}

/** Azimuth, elevation (radians) and range (metres) of an Earth-fixed position. */
export function directionTo(observer: Observer, position_m: Vector): Direction {
  const sight = minus(position_m, observer.position_m)
  const [east, north] = [dot(sight, observer.east), dot(sight, observer.north)]
  const azimuth = Math.atan2(east, north)
  return {
    azimuth_rad: azimuth < 0 ? azimuth + 2 * Math.PI : azimuth,
    elevation_rad: Math.atan2(dot(sight, observer.up), Math.hypot(east, north)),
    range_m: length(sight),
  }
}

/** Geometric elevation of an Earth-fixed position, radians. */
export function elevationOf(observer: Observer, position_m: Vector): number {
  const sight = minus(position_m, observer.position_m)
  return Math.asin(dot(sight, observer.up) / length(sight))
}

/**
 * Look angles of a satellite at an instant.
 * @throws PropagationError
 */
export function lookAngle(observer: Observer, propagator: Propagator, utc_ms: number): LookAngle {
  const { position_m, velocity_m_s } = propagator.earthFixed(utc_ms)
  const sight = minus(position_m, observer.position_m)
  const direction = directionTo(observer, position_m)
  return { ...direction, rangeRate_m_s: dot(sight, velocity_m_s) / direction.range_m }
}
