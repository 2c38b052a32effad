/**
 * Highest rate of detector tags in a window, gated or not: clicks of light and of background.
 * Source: Ma, Qi, Zhao, Lo, PRA 72, 012326 (2005), a pulse of mean mu clicks with 1 - exp(-mu eta). Of entangled
 * pairs one photon of each goes to the station, which detects it with eta.
 * Limits: dead time, which lowers the rate, and afterpulses, which raise it by their probability, are left out.
 */
import { backgroundRate_Hz } from '../link/background'
import { linkBudget } from '../link/budget'
import type { MissionSatellite } from '../model/resolved-mission'
import { isPairSource } from '../model/payload'
import type { Station } from '../model/station'
import { passTrack, type PassTrack } from '../orbit/track'
import type { Window } from './exchange-window'

const STEP_MS = 5000

/** Modelled peak over the window, tags a second. @throws PropagationError when SGP4 gives no position. */
export function peakTagRate_Hz(
  { record, payload }: MissionSatellite,
  station: Station,
  { from_ms, to_ms }: Window,
): number {
  const steps = Math.ceil((to_ms - from_ms) / STEP_MS)
  const times_ms = Float64Array.from({ length: steps + 1 }, (_, i) =>
    Math.min(to_ms, from_ms + i * STEP_MS),
  )
  const track = passTrack({ elements: record.elements, station, times_ms })
  return Math.max(...Array.from(times_ms, (_, i) => tagRate_Hz(payload, station, track, i)))
}

type Source = MissionSatellite['payload']

function tagRate_Hz(source: Source, station: Station, track: PassTrack, i: number): number {
  const elevation_rad = track.elevation_rad[i]
  const budget = linkBudget(source, station, { range_m: track.range_m[i], elevation_rad })
  const background = backgroundRate_Hz(source, station, {
    elevation_rad,
    moonElevation_rad: track.moonElevation_rad[i],
    moonPhaseAngle_rad: track.moonPhaseAngle_rad[i],
    moonSeparation_rad: track.moonSeparation_rad[i],
  })
  return lightRate_Hz(source, budget.withDetector.transmittance) + background.total_Hz
}

function lightRate_Hz(source: Source, eta: number): number {
  if (isPairSource(source)) return source.pair_rate_Hz * eta
  const clicks = source.intensities.map(
    (mu, k) => -(source.probabilities[k] ?? 0) * Math.expm1(-mu * eta),
  )
  return source.pulse_rate_Hz * clicks.reduce((sum, share) => sum + share, 0)
}
