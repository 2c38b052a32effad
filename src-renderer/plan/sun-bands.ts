/** Night, twilight and day over a station, from the Sun's geometric elevation (astronomy-engine, arc-minutes). */
import type { StationPlace } from '@domain/model/station'
import { degrees, radians } from '@domain/model/units'
import { crossings, sampled } from '@domain/orbit/crossings'
import { skyOf, sunPosition } from '@domain/orbit/sun-moon'
import { createObserver } from '@domain/orbit/topocentric'

export type SunBandKind = 'night' | 'twilight' | 'day'
export interface SunBand {
  from_ms: number
  to_ms: number
  kind: SunBandKind
}

const STEP_MS = 20 * 60_000

/**
 * Bands from `from_ms` to `to_ms`; day is the Sun above the horizon, night the Sun below `night_deg`.
 * Limit: a crossing and its return within 20 minutes (polar summers and winters) are not seen.
 */
export function sunBands(
  place: StationPlace,
  from_ms: number,
  to_ms: number,
  night_deg: number,
): SunBand[] {
  const observer = createObserver(place)
  const elevation = (utc_ms: number): number => {
    const sun_m = sunPosition(utc_ms)
    return skyOf(observer, { sun_m, moon_m: sun_m }).sunElevation_rad
  }
  const samples = sampled(elevation, from_ms, to_ms, STEP_MS)
  const edges = [0, radians(night_deg)]
    .flatMap((level) => crossings(elevation, samples, level))
    .map((crossing) => crossing.utc_ms)
    .sort((a, b) => a - b)
  const bounds = [from_ms, ...edges, to_ms]
  return bounds.slice(1).map((end_ms, at) => {
    const start_ms = bounds[at] ?? from_ms
    const sun_deg = degrees(elevation((start_ms + end_ms) / 2))
    return { from_ms: start_ms, to_ms: end_ms, kind: kindOf(sun_deg, night_deg) }
  })
}

function kindOf(sun_deg: number, night_deg: number): SunBandKind {
  if (sun_deg > 0) return 'day'
  return sun_deg > night_deg ? 'twilight' : 'night'
}
