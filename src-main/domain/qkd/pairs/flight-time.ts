/**
 * From the instant of a tag at a station to the instant at which its photon left the satellite, by the ephemeris.
 * Method: cubic Hermite of range and range rate on a one-second grid (below 0.3 ps on a low orbit), and the light-time
 * equation e = t - L(e)/c by three fixed-point steps (range rate/c of 2.5e-5: below 1e-3 ps).
 */
import { SPEED_OF_LIGHT_M_S } from '../../model/units'

/** Public prediction of one link on a grid of one second from the epoch. */
export interface FlightGrid {
  range_m: Float64Array
  rangeRate_m_s: Float64Array
}

const PS_PER_M = 1e12 / SPEED_OF_LIGHT_M_S

/** Flight time of light that leaves at a second since the epoch, ps; beyond its ends the grid is continued. */
export function flightTime_ps({ range_m, rangeRate_m_s }: FlightGrid, emitted_s: number): number {
  const last = range_m.length - 2
  const i = Math.min(Math.max(Math.floor(emitted_s), 0), last)
  const u = emitted_s - i
  const slope = range_m[i + 1] - range_m[i]
  const a = rangeRate_m_s[i] - slope
  const b = slope - rangeRate_m_s[i + 1]
  return (range_m[i] + u * (slope + (1 - u) * (a * (1 - u) + b * u))) * PS_PER_M
}

/**
 * When the photon of a tag left the satellite, ps since the epoch.
 * @param flight null for detectors on board.
 */
export function emission_ps(flight: FlightGrid | null, tag_ps: number): number {
  if (!flight) return tag_ps
  let emitted_ps = tag_ps
  for (let step = 0; step < 3; step += 1)
    emitted_ps = tag_ps - flightTime_ps(flight, emitted_ps / 1e12)
  return emitted_ps
}
