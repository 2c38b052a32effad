/** All that a contact's pictures need beforehand: sky track, expected curves and orbit, from the domain's models. */
import type { Elements } from '@domain/model/elements'
import { isPairSource, type PairSource, type Payload } from '@domain/model/payload'
import type { Station } from '@domain/model/station'
import { degrees } from '@domain/model/units'
import { backgroundRate_Hz } from '@domain/link/background'
import { linkBudget } from '@domain/link/budget'
import { expectedSecond } from '@domain/link/expectation'
import { publishedLoss_dB } from '@domain/link/published-loss'
import { ecefPositions } from '@domain/orbit/ground'
import { passTrack, type PassTrack } from '@domain/orbit/track'
import type { Forecast } from '../charts/pass-series'
import type { OrbitPath } from '../globe/vectors'
import { publishedPass } from '../live/published'

export interface TrackJob {
  elements: Elements
  payload: Payload | PairSource
  station: Station
  aos_ms: number
  tca_ms: number
  los_ms: number
}

/** One row a second from AOS to LOS. */
export interface SkyTrack {
  times_ms: Float64Array
  azimuth_deg: Float64Array
  elevation_deg: Float64Array
  range_km: Float64Array
  sun_elevation_deg: Float64Array
  moon_azimuth_deg: Float64Array
  moon_elevation_deg: Float64Array
  moon_separation_deg: Float64Array
  satellite_light: Float64Array
}

export interface ContactTrack {
  sky: SkyTrack
  forecast: Forecast
  orbit: OrbitPath
}

/** The globe shows this much of the orbit before and after TCA. */
const ORBIT_SIDE_MS = 46 * 60_000
const ORBIT_STEP_MS = 20_000

/**
 * Computes the pictures' data of a pass; some tens of milliseconds.
 * @throws PropagationError when the elements give no position.
 */
export function contactTrack(job: TrackJob): ContactTrack {
  const { elements, station } = job
  const times_ms = evenTimes(job.aos_ms, job.los_ms, 1000)
  const track = passTrack({ elements, station, times_ms })
  const orbitTimes_ms = evenTimes(
    job.tca_ms - ORBIT_SIDE_MS,
    job.tca_ms + ORBIT_SIDE_MS,
    ORBIT_STEP_MS,
  )
  return {
    sky: skyTrack(track),
    forecast: forecastOf(track, job),
    orbit: { times_ms: orbitTimes_ms, ecef_m: ecefPositions(elements, orbitTimes_ms) },
  }
}

function evenTimes(from_ms: number, to_ms: number, step_ms: number): Float64Array {
  const first = Math.ceil(from_ms / step_ms)
  const length = Math.max(1, Math.floor(to_ms / step_ms) - first + 1)
  return Float64Array.from({ length }, (_, row) => (first + row) * step_ms)
}

const skyTrack = (track: PassTrack): SkyTrack => ({
  times_ms: track.utc_ms,
  azimuth_deg: track.azimuth_rad.map(degrees),
  elevation_deg: track.elevation_rad.map(degrees),
  range_km: track.range_m.map((range) => range / 1000),
  sun_elevation_deg: track.sunElevation_rad.map(degrees),
  moon_azimuth_deg: track.moonAzimuth_rad.map(degrees),
  moon_elevation_deg: track.moonElevation_rad.map(degrees),
  moon_separation_deg: track.moonSeparation_rad.map(degrees),
  satellite_light: Float64Array.from(track.light),
})

function forecastOf(track: PassTrack, job: TrackJob): Forecast {
  const { elements, payload, station, tca_ms } = job
  // The yield of pairs depends on both ends; its model arrives with the telemetry.
  if (isPairSource(payload)) return nothingExpected(track.utc_ms)
  const rows = track.utc_ms.length
  const isPublished = publishedPass(elements.noradId, station.id, tca_ms) !== undefined
  const detections = new Float64Array(rows).fill(NaN)
  const loss_dB = new Float64Array(rows).fill(NaN)
  const lossPublished_dB = new Float64Array(rows).fill(NaN)
  for (let row = 0; row < rows; row += 1) {
    const at = (column: Float64Array): number => column[row] ?? NaN
    const elevation_rad = at(track.elevation_rad)
    if (!(elevation_rad > 0)) continue
    const budget = linkBudget(payload, station, { range_m: at(track.range_m), elevation_rad })
    const background = backgroundRate_Hz(payload, station, {
      elevation_rad,
      moonElevation_rad: at(track.moonElevation_rad),
      moonPhaseAngle_rad: at(track.moonPhaseAngle_rad),
      moonSeparation_rad: at(track.moonSeparation_rad),
    })
    loss_dB[row] = budget.withGate.loss_dB
    // The published table ends at the detector's face; ours goes on to the gate.
    const beyond_dB = budget.detector.loss_dB + budget.gate.loss_dB
    if (isPublished) lossPublished_dB[row] = publishedLoss_dB(at(track.range_m)) + beyond_dB
    detections[row] = expectedSecond(payload, station, budget, background).detections
  }
  return { times_ms: track.utc_ms, detections, loss_dB, lossPublished_dB }
}

function nothingExpected(times_ms: Float64Array): Forecast {
  const empty = new Float64Array(times_ms.length).fill(NaN)
  return { times_ms, detections: empty, loss_dB: empty, lossPublished_dB: empty }
}
