/**
 * The Earth's shadow as two cones.
 * Model: spherical Earth of 6378.137 km, Sun of 696 000 km radius, no atmosphere; the discs that the
 * satellite sees decide. Limit: an oblate Earth and the atmosphere move a crossing by some seconds.
 */
import type { SatelliteLight } from '../model/pass'
import { angleBetween, length, minus, WGS84_AXIS_M, type Vector } from './frames'

const SUN_RADIUS_M = 696_000_000

/** In the order of a track's `light` column. */
export const lights: readonly SatelliteLight[] = ['sunlit', 'penumbra', 'umbra']

/** How far the Sun's centre stands outside each cone's edge, radians; negative inside. */
export interface ShadowMargins {
  penumbra_rad: number
  umbra_rad: number
}

/** Margins of a satellite at a position, with the Sun's in the same Earth-centred frame. */
export function shadowMargins(position_m: Vector, sun_m: Vector): ShadowMargins {
  const toSun = minus(sun_m, position_m)
  const toEarth = minus({ x: 0, y: 0, z: 0 }, position_m)
  const sunDisc_rad = Math.asin(SUN_RADIUS_M / length(toSun))
  const earthDisc_rad = Math.asin(Math.min(1, WGS84_AXIS_M / length(position_m)))
  const apart_rad = angleBetween(toEarth, toSun)
  return {
    penumbra_rad: apart_rad - (earthDisc_rad + sunDisc_rad),
    umbra_rad: apart_rad - (earthDisc_rad - sunDisc_rad),
  }
}

/** 0 sunlit, 1 penumbra, 2 umbra: the index into `lights`. */
export function lightIndex(position_m: Vector, sun_m: Vector): 0 | 1 | 2 {
  const margins = shadowMargins(position_m, sun_m)
  if (margins.umbra_rad < 0) return 2
  return margins.penumbra_rad < 0 ? 1 : 0
}

/** The light that a satellite is in. */
export const lightOf = (position_m: Vector, sun_m: Vector): SatelliteLight =>
  lights[lightIndex(position_m, sun_m)] as SatelliteLight
