/** What the selected pass should yield, by the mission's own records: counts over its exchange window, budget at TCA. */
import { backgroundRate_Hz } from '@domain/link/background'
import { linkBudget } from '@domain/link/budget'
import type { LinkBudget } from '@domain/link/budget'
import { expectedCounts, expectedSecond } from '@domain/link/expectation'
import type { Expectation } from '@domain/link/expectation'
import type { Candidate } from '@domain/model/pass'
import { isPairSource } from '@domain/model/payload'
import type { Payload } from '@domain/model/payload'
import type { MissionSatellite, ResolvedMission } from '@domain/model/resolved-mission'
import type { Station } from '@domain/model/station'
import { passTrack } from '@domain/orbit/track'
import type { PassTrack } from '@domain/orbit/track'

export interface PassExpectation {
  budgetAtTca: LinkBudget
  background_Hz: number
  /** Absent without an exchange window. */
  exchange?: Expectation
}

/** One sample stands for this long; the counts' error of doing so is below a per mille. */
const STEP_S = 2

/** The expectation of a pass; null without such a satellite or station, and for pairs, whose yield is not modelled. */
export function passExpectation(
  candidate: Candidate,
  resolved: ResolvedMission,
): PassExpectation | null {
  const { pass, exchange } = candidate
  const satellite = resolved.satellites.find((entry) => entry.noradId === pass.satellite)
  const station = resolved.stations.find((entry) => entry.id === pass.station)
  if (!satellite || !station || isPairSource(satellite.payload)) return null
  const { payload } = satellite
  const atTca = trackOf(satellite, station, Float64Array.of(Date.parse(pass.tca.utc)))
  return {
    budgetAtTca: budgetAt(payload, station, atTca, 0),
    background_Hz: backgroundAt(payload, station, atTca, 0),
    exchange: exchange && overWindow({ ...satellite, payload }, station, exchange),
  }
}

const trackOf = (
  satellite: MissionSatellite,
  station: Station,
  times_ms: Float64Array,
): PassTrack => passTrack({ elements: satellite.record.elements, station, times_ms })

function overWindow(
  satellite: MissionSatellite & { payload: Payload },
  station: Station,
  window: { from_utc: string; duration_s: number },
): Expectation {
  const count = Math.max(1, Math.ceil(window.duration_s / STEP_S))
  const step_s = window.duration_s / count
  const from_ms = Date.parse(window.from_utc)
  const times_ms = Float64Array.from(
    { length: count },
    (_, index) => from_ms + (index + 0.5) * step_s * 1000,
  )
  const track = trackOf(satellite, station, times_ms)
  const { payload } = satellite
  const parts = Array.from(times_ms, (_, row) => ({
    second: expectedSecond(payload, station, budgetAt(payload, station, track, row), {
      total_Hz: backgroundAt(payload, station, track, row),
    }),
    weight_s: step_s,
  }))
  return expectedCounts(parts)
}

const budgetAt = (payload: Payload, station: Station, track: PassTrack, row: number): LinkBudget =>
  linkBudget(payload, station, {
    range_m: track.range_m[row] ?? NaN,
    elevation_rad: track.elevation_rad[row] ?? NaN,
  })

const backgroundAt = (payload: Payload, station: Station, track: PassTrack, row: number): number =>
  backgroundRate_Hz(payload, station, {
    elevation_rad: track.elevation_rad[row] ?? NaN,
    moonElevation_rad: track.moonElevation_rad[row] ?? NaN,
    moonPhaseAngle_rad: track.moonPhaseAngle_rad[row] ?? NaN,
    moonSeparation_rad: track.moonSeparation_rad[row] ?? NaN,
  }).total_Hz
