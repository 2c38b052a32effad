/**
 * Passes of a satellite over a station.
 * Method: elevation by SGP4 itself on a grid of at most 60 s, every peak and dip refined, then one
 * root for each rise and set. AOS and LOS are the crossings of the minimum elevation (0.1 ms), TCA is
 * the instant of maximum elevation, which differs from that of minimum range by up to some seconds.
 * Limit: a pass that has not risen or set within a revolution of the window is cut there and marked.
 */
import type { Elements } from '../model/elements'
import type { Pass } from '../model/pass'
import type { StationPlace } from '../model/station'
import { formatUtc } from '../model/time'
import { crossings, maximum, minimum, sampled, withExtremes, type Sample } from './crossings'
import { passPoint } from './pass-point'
import { createPropagator, type Propagator } from './propagator'
import { shadowEvents } from './shadow-events'
import { createObserver, elevationOf, lookAngle, type Observer } from './topocentric'

export interface PassSearch {
  elements: Elements
  station: StationPlace
  /** A pass is listed when its TCA lies in [from, to). */
  from_ms: number
  to_ms: number
  minElevation_rad: number
}

interface Interval {
  aos_ms: number
  los_ms: number
  /** AOS or LOS is where the search ended, not a rise or a set. */
  clipped: boolean
}

type Curve = (utc_ms: number) => number

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value))

const period_ms = (elements: Elements): number => (2000 * Math.PI) / elements.meanMotion_rad_s

/** Times when the curve is above the level; half ones at the ends of the search are clipped. */
function intervals(curve: Curve, samples: Sample[], level: number): Interval[] {
  const first = samples[0] as Sample
  const last = samples[samples.length - 1] as Sample
  const found: Interval[] = []
  let rise = first.value > level ? { utc_ms: first.utc_ms, clipped: true } : null
  for (const { utc_ms, rising } of crossings(curve, samples, level)) {
    if (rising) rise = { utc_ms, clipped: false }
    else if (rise) {
      found.push({ aos_ms: rise.utc_ms, los_ms: utc_ms, clipped: rise.clipped })
      rise = null
    }
  }
  if (rise) found.push({ aos_ms: rise.utc_ms, los_ms: last.utc_ms, clipped: true })
  return found
}

/** The best of a coarse look over the interval, refined between its neighbours. */
function extreme(curve: Curve, { aos_ms, los_ms }: Interval, refine: typeof maximum): Sample {
  const step_ms = clamp((los_ms - aos_ms) / 24, 10, MINUTE_MS)
  const samples = sampled(curve, aos_ms, los_ms, step_ms)
  const better = refine === maximum ? 1 : -1
  let best = 0
  samples.forEach((sample, index) => {
    if ((sample.value - (samples[best] as Sample).value) * better > 0) best = index
  })
  const low = samples[Math.max(0, best - 1)] as Sample
  const high = samples[Math.min(samples.length - 1, best + 1)] as Sample
  return refine(curve, low.utc_ms, high.utc_ms)
}

/** `41731-xinglong-20161219T165213Z`: the TCA to the second, cut as the clock shows it. */
function passId(noradId: number, stationId: string, tca_utc: string): string {
  return `${noradId}-${stationId}-${tca_utc.slice(0, 19).replace(/[-:]/g, '')}Z`
}

function describe(
  observer: Observer,
  propagator: Propagator,
  interval: Interval,
  tca_ms: number,
): Pass {
  const { noradId } = propagator.elements
  const range = (utc_ms: number): number => lookAngle(observer, propagator, utc_ms).range_m
  const nearest = extreme(range, interval, minimum)
  const tca = passPoint(observer, propagator, tca_ms)
  return {
    id: passId(noradId, observer.place.id, tca.utc),
    satellite: noradId,
    station: observer.place.id,
    aos: passPoint(observer, propagator, interval.aos_ms),
    tca,
    los: passPoint(observer, propagator, interval.los_ms),
    max_elevation_deg: tca.elevation_deg,
    min_range_km: nearest.value / 1000,
    min_range_utc: formatUtc(nearest.utc_ms),
    duration_s: (interval.los_ms - interval.aos_ms) / 1000,
    shadow_events: shadowEvents(propagator, interval.aos_ms, interval.los_ms),
    ...(interval.clipped ? { clipped: true } : {}),
  }
}

function riseIntervals(search: PassSearch, elevation: Curve): Interval[] {
  const revolution_ms = period_ms(search.elements)
  const margin_ms = clamp(revolution_ms, 30 * MINUTE_MS, DAY_MS)
  const step_ms = clamp(revolution_ms / 90, MINUTE_MS / 3, MINUTE_MS)
  const grid = sampled(elevation, search.from_ms - margin_ms, search.to_ms + margin_ms, step_ms)
  const samples = withExtremes(elevation, grid, search.minElevation_rad)
  return intervals(elevation, samples, search.minElevation_rad).flatMap((interval) =>
    withinWindow(interval, search),
  )
}

/** A satellite that is up where the search ends is followed within the window only. */
function withinWindow(interval: Interval, { from_ms, to_ms }: PassSearch): Interval[] {
  if (!interval.clipped) return [interval]
  const aos_ms = Math.max(interval.aos_ms, from_ms)
  const los_ms = Math.min(interval.los_ms, to_ms)
  return aos_ms < los_ms ? [{ aos_ms, los_ms, clipped: true }] : []
}

/**
 * Finds every pass whose TCA lies in [from, to), in time order.
 * @throws PropagationError when SGP4 gives no position within the search
 * @throws RangeError when the window is not a finite, forward one
 */
export function findPasses(search: PassSearch): Pass[] {
  const { from_ms, to_ms } = search
  if (!(Number.isFinite(from_ms) && Number.isFinite(to_ms) && from_ms < to_ms))
    throw new RangeError(
      `finding passes: the window ${from_ms} to ${to_ms} ms must be finite and forward`,
    )
  const propagator = createPropagator(search.elements)
  const observer = createObserver(search.station)
  const elevation: Curve = (utc_ms) =>
    elevationOf(observer, propagator.earthFixed(utc_ms).position_m)
  return riseIntervals(search, elevation)
    .map((interval) => ({ interval, tca_ms: extreme(elevation, interval, maximum).utc_ms }))
    .filter(({ tca_ms }) => tca_ms >= from_ms && tca_ms < to_ms)
    .map(({ interval, tca_ms }) => describe(observer, propagator, interval, tca_ms))
}
