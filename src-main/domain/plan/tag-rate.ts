/**
 * Highest rate of detector tags in a window, gated or not: clicks of light and of background.
 * Source: Ma, Qi, Zhao, Lo, PRA 72, 012326 (2005), a pulse of mean mu clicks with 1 - exp(-mu eta).
 * Limits: dead time, which lowers the rate, and afterpulses, which raise it by their probability, are left out.
 */
import { linkAlongTrack } from '../link/along-track'
import type { MissionSatellite } from '../model/resolved-mission'
import type { Station } from '../model/station'
import { passTrack } from '../orbit/track'
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
  const rates = linkAlongTrack(payload, station, track).map(({ budget, background }) => {
    const clicks = payload.intensities.map(
      (mu, k) => -payload.probabilities[k] * Math.expm1(-mu * budget.withDetector.transmittance),
    )
    const light_Hz = payload.pulse_rate_Hz * clicks.reduce((sum, share) => sum + share, 0)
    return light_Hz + background.total_Hz
  })
  return Math.max(...rates)
}
