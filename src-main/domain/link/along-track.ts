/** Loss, background and expected yield at each row of a pass' track. */
import type { Payload } from '../model/payload'
import type { Station } from '../model/station'
import type { PassTrack } from '../orbit/track'
import { backgroundRate_Hz, type BackgroundRate } from './background'
import { linkBudget, type LinkBudget } from './budget'
import { expectedSecond, type Expectation } from './expectation'

export interface LinkPoint {
  utc_ms: number
  budget: LinkBudget
  background: BackgroundRate
  /** Expected yield if the second around this row were all like it. */
  second: Expectation
}

type TrackColumns = Pick<
  PassTrack,
  | 'utc_ms'
  | 'range_m'
  | 'elevation_rad'
  | 'moonElevation_rad'
  | 'moonPhaseAngle_rad'
  | 'moonSeparation_rad'
>

function pointAt(payload: Payload, station: Station, track: TrackColumns, i: number): LinkPoint {
  const geometry = { range_m: track.range_m[i], elevation_rad: track.elevation_rad[i] }
  const budget = linkBudget(payload, station, geometry)
  const background = backgroundRate_Hz(payload, station, {
    elevation_rad: track.elevation_rad[i],
    moonElevation_rad: track.moonElevation_rad[i],
    moonPhaseAngle_rad: track.moonPhaseAngle_rad[i],
    moonSeparation_rad: track.moonSeparation_rad[i],
  })
  const second = expectedSecond(payload, station, budget, background)
  return { utc_ms: track.utc_ms[i], budget, background, second }
}

/**
 * The link at every row of a track.
 * @param track columns of passTrack; every row above the horizon.
 * @throws RangeError when a row is below the horizon.
 */
export const linkAlongTrack = (
  payload: Payload,
  station: Station,
  track: TrackColumns,
): LinkPoint[] => Array.from(track.utc_ms, (_, i) => pointAt(payload, station, track, i))
