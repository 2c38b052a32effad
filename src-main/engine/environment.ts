/**
 * What the models say of a contact, second by second: geometry, light, link and background, expectation.
 * The world receives its profile from here; telemetry draws the modelled curves from here.
 */
import { backgroundRate_Hz } from '../domain/link/background'
import { linkBudget } from '../domain/link/budget'
import { expectedSecond, type Expectation } from '../domain/link/expectation'
import { passTrack, type PassTrack } from '../domain/orbit/track'
import type { FlightPlan } from './protocol'

export interface Environment {
  track: PassTrack
  /** Including the detector, excluding the gate. */
  transmittance: Float64Array
  /** All four detectors: dark, sky and Moon. */
  background_Hz: Float64Array
  expected: Expectation[]
  /** Loss to a gated detection. */
  loss_dB: Float64Array
  /** Row of the exchange's first second. */
  epochRow: number
}

/** One row a second from the plan's start to past LOS, aligned with the exchange's first instant. */
export function environmentOf(plan: FlightPlan): Environment {
  const { start_ms, exchangeFrom_ms, los_ms } = plan.times
  const epochRow = Math.max(0, Math.ceil((exchangeFrom_ms - start_ms) / 1000))
  const first_ms = exchangeFrom_ms - epochRow * 1000
  const rows = Math.ceil((los_ms - first_ms) / 1000) + 3
  const times_ms = Float64Array.from({ length: rows }, (_, i) => first_ms + i * 1000)
  const track = passTrack({ elements: plan.elements, station: plan.station, times_ms })
  const environment: Environment = {
    track,
    transmittance: new Float64Array(rows),
    background_Hz: new Float64Array(rows),
    expected: [],
    loss_dB: new Float64Array(rows),
    epochRow,
  }
  for (let row = 0; row < rows; row += 1) fillRow(environment, plan, row)
  return environment
}

function fillRow(environment: Environment, plan: FlightPlan, row: number): void {
  const { track } = environment
  const elevation_rad = Math.max(track.elevation_rad[row], 0)
  const budget = linkBudget(plan.payload, plan.station, {
    range_m: track.range_m[row],
    elevation_rad,
  })
  const background = backgroundRate_Hz(plan.payload, plan.station, {
    elevation_rad,
    moonElevation_rad: track.moonElevation_rad[row],
    moonPhaseAngle_rad: track.moonPhaseAngle_rad[row],
    moonSeparation_rad: track.moonSeparation_rad[row],
  })
  environment.transmittance[row] = budget.withDetector.transmittance
  environment.loss_dB[row] = budget.withGate.loss_dB
  environment.background_Hz[row] = background.total_Hz
  environment.expected.push(expectedSecond(plan.payload, plan.station, budget, background))
}
