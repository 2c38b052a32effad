/**
 * A pass like the one of 2016-12-19 for the bench and the tests: straight-line flight at 7.1 km/s past 645 km, the
 * reference payload and station, loss and background of the link room. Geometry is a stand-in, not an orbit.
 */
import { backgroundRate_Hz } from '../../domain/link/background'
import { linkBudget } from '../../domain/link/budget'
import { referencePayload, referenceStation } from '../../domain/link/reference-case'
import type { Station } from '../../domain/model/station'
import type { WorldProfile, WorldSetup } from './protocol'

const NEAREST_M = 645e3
const SPEED_M_S = 7100
const ALTITUDE_M = 494e3
const EARTH_M = 6_371e3

/** Elevation at a range, spherical Earth and a circular orbit. */
const elevationAt = (range_m: number): number =>
  Math.asin((ALTITUDE_M ** 2 + 2 * EARTH_M * ALTITUDE_M - range_m ** 2) / (2 * EARTH_M * range_m))

function fillRow(profile: WorldProfile, i: number, t_s: number): void {
  const range_m = Math.hypot(NEAREST_M, SPEED_M_S * t_s)
  const geometry = { range_m, elevation_rad: elevationAt(range_m) }
  const sky = { ...geometry, moonElevation_rad: -1, moonPhaseAngle_rad: 0, moonSeparation_rad: 1 }
  const budget = linkBudget(referencePayload, referenceStation, geometry)
  profile.range_m[i] = range_m
  profile.rangeRate_m_s[i] = (SPEED_M_S ** 2 * t_s) / range_m
  profile.transmittance[i] = budget.withDetector.transmittance
  profile.background_Hz[i] = backgroundRate_Hz(referencePayload, referenceStation, sky).total_Hz
}

/** Setup of a pass of the given length, nearest in the middle; time 0 is its start. */
export function referencePass(duration_s: number, seed: number): WorldSetup & { station: Station } {
  const rows = duration_s + 1
  const column = (): Float64Array => new Float64Array(rows)
  const profile: WorldProfile = {
    utc_ms: column().map((_, i) => i * 1000),
    range_m: column(),
    rangeRate_m_s: column(),
    transmittance: column(),
    background_Hz: column(),
  }
  for (let i = 0; i < rows; i++) fillRow(profile, i, i - duration_s / 2)
  const taggerClock = { offset_s: 0, drift: 0 }
  return {
    seed,
    payload: referencePayload,
    station: referenceStation,
    profile,
    epoch_ms: 0,
    taggerClock,
  }
}
