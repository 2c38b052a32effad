/**
 * Transmission window of a pass: which rows of the loss profile carry pulses.
 * Source: SatQuMA v2.0.0-beta (Sidhu et al., npj Quantum Inf. 8, 18 (2022)), its main loop. The window is symmetric
 * in slots of one second about the row of t = 0, or about the first row at most `shift0` below that row's elevation.
 * Its half-width is the least of
 *   dt0, the one asked for;
 *   dt_max, half the profile less the shift in rows;
 *   dt_elev, the time of the first row at `minElev` or above, counted from t = 0, shifted or not;
 * in whole seconds. Rows inside the window are not looked at again: with a shift, some may lie below `minElev`.
 * Limits: "first" is the latest row, as SatQuMA's profiles run; others are put in that order. Where SatQuMA stops or
 * answers nonsense: a negative shift takes the mirrored row, rows beyond the profile's ends are left out, a profile
 * without a row at t = 0 is centred between its rows around zero, or on its highest if all lie to one side.
 */
import { radians } from '../model/units'
import type { LossProfile, PassInputs } from './pass-model-input'

export interface PassWindow {
  /** Half-width after its limits, the model's "dt (s)". */
  half_s: number
  /** Transmittances inside, without the extra loss. */
  eta: number[]
  /** Row of t = 0; the highest if there is none. */
  zero: { elevation_rad: number; eta: number }
}

/** Place of t = 0 among the rows, latest first; fractional between two rows. */
interface Origin {
  place: number
  time_s: number
  /** The row whose elevation and loss stand for t = 0. */
  row: number
}

/** The pass model's window in a loss profile; without rows when none reaches `minElev`. */
export function passWindow(inputs: PassInputs, profile: LossProfile): PassWindow {
  const rows = latestFirst(profile)
  const origin = originOf(rows)
  const middle = middlePlace(inputs.shift0, rows, origin)
  const half_s = halfWidth_s(inputs, rows, origin, middle)
  return {
    half_s: Math.max(0, half_s),
    eta: rows.eta.filter((_, place) => Math.abs(place - middle) <= half_s),
    zero: { elevation_rad: rows.elevation_rad[origin.row], eta: rows.eta[origin.row] },
  }
}

function latestFirst({ t_s, elevation_rad, eta }: LossProfile): LossProfile {
  const order = [...t_s.keys()].sort((a, b) => t_s[b] - t_s[a])
  const sorted = (column: number[]) => order.map((row) => column[row])
  return { t_s: sorted(t_s), elevation_rad: sorted(elevation_rad), eta: sorted(eta) }
}

function originOf({ t_s, elevation_rad }: LossProfile): Origin {
  const zero = t_s.indexOf(0)
  if (zero >= 0) return { place: zero, time_s: 0, row: zero }
  const highest = elevation_rad.reduce((best, e, row) => (e > elevation_rad[best] ? row : best), 0)
  const later = t_s.filter((t) => t > 0).length
  const around = later > 0 && later < t_s.length
  return around
    ? { place: later - 0.5, time_s: 0, row: highest }
    : { place: highest, time_s: t_s[highest], row: highest }
}

function middlePlace(shift_deg: number, { elevation_rad }: LossProfile, origin: Origin): number {
  if (shift_deg === 0) return origin.place
  const wanted_rad = elevation_rad[origin.row] - radians(Math.abs(shift_deg))
  const first = elevation_rad.findIndex((elevation) => elevation >= wanted_rad)
  return shift_deg > 0 ? first : 2 * origin.place - first
}

/** Half-width after its limits; negative when there is no window. */
function halfWidth_s(
  { dt0, minElev }: PassInputs,
  { t_s, elevation_rad }: LossProfile,
  { place, time_s }: Origin,
  middle: number,
): number {
  const reached = elevation_rad.findIndex((elevation) => elevation >= radians(minElev))
  if (reached < 0) return -1
  const dtMax_s = (t_s.length - 1) / 2 - Math.abs(middle - place)
  const half_s = Math.min(dt0, dtMax_s, t_s[reached] - time_s)
  return Number.isInteger(place) ? Math.trunc(half_s) : half_s
}
