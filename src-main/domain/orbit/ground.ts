/** What the globe draws of an orbit: Earth-fixed positions, subpoints, the circle of visibility. */
import type { Elements } from '../model/elements'
import { earthFixedToGeodetic, WGS84_AXIS_M, type Geodetic } from './frames'
import { createPropagator } from './propagator'
import { sunPosition } from './sun-moon'

/**
 * Earth-fixed positions as x, y, z metres, one triple a time.
 * @throws PropagationError
 */
export function ecefPositions(elements: Elements, times_ms: Float64Array): Float64Array {
  const propagator = createPropagator(elements)
  const triples = new Float64Array(times_ms.length * 3)
  times_ms.forEach((utc_ms, index) => {
    const { x, y, z } = propagator.earthFixed(utc_ms).position_m
    triples.set([x, y, z], index * 3)
  })
  return triples
}

/**
 * WGS84 subpoints with the satellite's height.
 * @throws PropagationError
 */
export function groundTrack(elements: Elements, times_ms: Float64Array): Geodetic[] {
  const propagator = createPropagator(elements)
  return Array.from(times_ms, (utc_ms) =>
    earthFixedToGeodetic(propagator.earthFixed(utc_ms).position_m),
  )
}

/** The satellite's subpoint at an instant. @throws PropagationError */
export const subpoint = (elements: Elements, utc_ms: number): Geodetic =>
  earthFixedToGeodetic(createPropagator(elements).earthFixed(utc_ms).position_m)

/** Where the Sun stands in the zenith; its height is the Sun's distance from the ellipsoid. */
export const subsolarPoint = (utc_ms: number): Geodetic => earthFixedToGeodetic(sunPosition(utc_ms))

/**
 * Earth-central angle from the subpoint to where the satellite stands at the minimum elevation.
 * Spherical Earth of 6378.137 km; good to about 0.1 degree.
 */
export function visibilityRadius_rad(height_m: number, minElevation_rad: number): number {
  const ratio = (WGS84_AXIS_M * Math.cos(minElevation_rad)) / (WGS84_AXIS_M + height_m)
  return Math.acos(Math.min(1, ratio)) - minElevation_rad
}
