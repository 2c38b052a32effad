/**
 * The part of a pass in which key is exchanged: near enough, high enough, above the mask, dark.
 * Method: every second of the pass, then each edge bisected to 10 ms; of several stretches the longest counts.
 * Limit: a notch of the horizon mask narrower than a second of flight is not seen.
 */
import type { Pass } from '../model/pass'
import type { MissionSatellite, ResolvedMission } from '../model/resolved-mission'
import type { Station } from '../model/station'
import { parseUtc } from '../model/time'
import { degrees } from '../model/units'
import { passTrack } from '../orbit/track'
import { maskElevation_deg } from './horizon-mask'

export interface Window {
  from_ms: number
  to_ms: number
}

/** What an instant lacks; null when key can be exchanged. */
type Obstacle = 'elevation' | 'mask' | 'range' | 'sun'

interface Instant {
  utc_ms: number
  obstacle: Obstacle | null
  sun_deg: number
}

interface Limits {
  elevation_deg: number
  range_km: number
  sun_deg: number
}

const EDGE_MS = 10
const STEP_MS = 1000

/** The stricter of the mission's and the site's limits. */
export function exchangeLimits({ mission }: ResolvedMission, { site }: Station): Limits {
  const { exchange } = mission
  return {
    elevation_deg: Math.max(exchange.min_elevation_deg, site.min_elevation_deg),
    range_km: exchange.max_range_km,
    sun_deg: Math.min(exchange.sun_below_deg, site.sun_below_deg),
  }
}

function secondsOf(pass: Pass): Float64Array {
  const from_ms = parseUtc(pass.aos.utc)
  const to_ms = parseUtc(pass.los.utc)
  const steps = Math.max(1, Math.ceil((to_ms - from_ms) / STEP_MS))
  return Float64Array.from({ length: steps + 1 }, (_, i) => Math.min(to_ms, from_ms + i * STEP_MS))
}

/** Judges instants; Sun last, so that daylight is named only where the geometry is right. */
function judge(
  satellite: MissionSatellite,
  station: Station,
  limits: Limits,
  times_ms: Float64Array,
): Instant[] {
  const track = passTrack({ elements: satellite.record.elements, station, times_ms })
  return Array.from(times_ms, (utc_ms, i) => {
    const elevation_deg = degrees(track.elevation_rad[i])
    const sun_deg = degrees(track.sunElevation_rad[i])
    const mask_deg = maskElevation_deg(station.site, track.azimuth_rad[i])
    const obstacle = obstacleOf(limits, mask_deg, {
      elevation_deg,
      sun_deg,
      range_km: track.range_m[i] / 1000,
    })
    return { utc_ms, obstacle, sun_deg }
  })
}

function obstacleOf(limits: Limits, mask_deg: number, at: Limits): Obstacle | null {
  if (at.range_km > limits.range_km) return 'range'
  // AOS and LOS lie on the limit to the crossing search's own accuracy.
  if (at.elevation_deg < limits.elevation_deg - 1e-6) return 'elevation'
  if (at.elevation_deg < mask_deg) return 'mask'
  return at.sun_deg > limits.sun_deg ? 'sun' : null
}

/** First and last index of the longest stretch without obstacle, or null. */
function longestRun(instants: Instant[]): [number, number] | null {
  let best: [number, number] | null = null
  let start = -1
  instants.forEach(({ obstacle }, i) => {
    if (obstacle) start = -1
    else if (start < 0) start = i
    if (start >= 0 && (!best || i - start > best[1] - best[0])) best = [start, i]
  })
  return best
}

/** Last good instant between a good and a bad one, to 10 ms. */
function edge(good_ms: number, bad_ms: number, isGood: (utc_ms: number) => boolean): number {
  let [inside, outside] = [good_ms, bad_ms]
  while (Math.abs(outside - inside) > EDGE_MS) {
    const middle = (inside + outside) / 2
    if (isGood(middle)) inside = middle
    else outside = middle
  }
  return inside
}

const signed = (value_deg: number): string => value_deg.toFixed(1)

/** The obstacle that came nearest to being none, in words. */
function whyNot(instants: Instant[], pass: Pass, limits: Limits): string {
  const dawn = instants.find(({ obstacle }) => obstacle === 'sun')
  if (dawn) return `daylight: Sun at ${signed(dawn.sun_deg)} deg, limit ${limits.sun_deg}`
  if (instants.some(({ obstacle }) => obstacle === 'mask')) return 'below the horizon mask'
  if (pass.min_range_km > limits.range_km)
    return `never within ${limits.range_km} km: nearest ${Math.round(pass.min_range_km)} km`
  if (pass.max_elevation_deg < limits.elevation_deg)
    return `too low: ${pass.max_elevation_deg.toFixed(1)} deg at most, limit ${limits.elevation_deg}`
  return `never within ${limits.range_km} km above ${limits.elevation_deg} deg at once`
}

/** Refusals that the pass itself shows, without a track; daylight all through is the common one. */
function plainRefusal(pass: Pass, limits: Limits): string | null {
  if (pass.min_range_km > limits.range_km || pass.max_elevation_deg < limits.elevation_deg)
    return whyNot([], pass, limits)
  const suns = [pass.aos, pass.tca, pass.los].map((point) => point.sun_elevation_deg)
  if (suns.some((sun) => sun <= limits.sun_deg)) return null
  return `daylight: Sun at ${signed(pass.tca.sun_elevation_deg)} deg, limit ${limits.sun_deg}`
}

/**
 * The exchange window of a pass, whole milliseconds, edges to 10 ms and never outside the conditions, or why there is none.
 * @throws PropagationError when SGP4 gives no position.
 */
export function exchangeWindow(
  resolved: ResolvedMission,
  satellite: MissionSatellite,
  station: Station,
  pass: Pass,
): Window | { whyNot: string } {
  const limits = exchangeLimits(resolved, station)
  const refusal = plainRefusal(pass, limits)
  if (refusal) return { whyNot: refusal }
  const instants = judge(satellite, station, limits, secondsOf(pass))
  const run = longestRun(instants)
  if (!run || run[0] === run[1]) return { whyNot: whyNot(instants, pass, limits) }
  const isGood = (utc_ms: number): boolean =>
    judge(satellite, station, limits, Float64Array.of(utc_ms))[0].obstacle === null
  const [first, last] = [instants[run[0]].utc_ms, instants[run[1]].utc_ms]
  const before = instants[run[0] - 1]
  const after = instants[run[1] + 1]
  return {
    from_ms: Math.ceil(before ? edge(first, before.utc_ms, isGood) : first),
    to_ms: Math.floor(after ? edge(last, after.utc_ms, isGood) : last),
  }
}
