/**
 * What the models say of a contact, second by second: geometry, light, link and background, expectation.
 * The world receives its profile from here; telemetry draws the modelled curves from here.
 */
import { backgroundRate_Hz } from '../domain/link/background'
import { linkBudget } from '../domain/link/budget'
import { expectedSecond, type Expectation } from '../domain/link/expectation'
import { passTrack, type PassTrack } from '../domain/orbit/track'
import type { DownlinkPlan } from './protocol'

/** One row a second; columns of one length. */
export interface Environment {
  utc_ms: Float64Array
  /** Length of the light's way: light needs range_m / c. */
  range_m: Float64Array
  rangeRate_m_s: Float64Array
  /** The orbit as the station sees it; null for a link without one. */
  track: PassTrack | null
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

/** From the plan's start to past LOS, aligned with the exchange's first instant. */
export function environmentOf(plan: DownlinkPlan): Environment {
  const { times_ms, epochRow } = secondsOf(plan.times)
  const track = passTrack({ elements: plan.elements, station: plan.station, times_ms })
  const { range_m, rangeRate_m_s } = track
  const environment = {
    ...emptyEnvironment(times_ms, epochRow),
    ...{ track, range_m, rangeRate_m_s },
  }
  for (let row = 0; row < times_ms.length; row += 1) fillRow(environment, track, plan, row)
  return environment
}

/** Whole seconds of a contact, one of them the exchange's first instant, and which row that is. */
export function secondsOf({
  start_ms,
  exchangeFrom_ms,
  los_ms,
}: Pick<DownlinkPlan['times'], 'start_ms' | 'exchangeFrom_ms' | 'los_ms'>): {
  times_ms: Float64Array
  epochRow: number
} {
  const epochRow = Math.max(0, Math.ceil((exchangeFrom_ms - start_ms) / 1000))
  const first_ms = exchangeFrom_ms - epochRow * 1000
  const rows = Math.ceil((los_ms - first_ms) / 1000) + 3
  return { times_ms: Float64Array.from({ length: rows }, (_, i) => first_ms + i * 1000), epochRow }
}

/** Columns to be filled, without an orbit. */
export function emptyEnvironment(times_ms: Float64Array, epochRow: number): Environment {
  const column = (): Float64Array => new Float64Array(times_ms.length)
  return {
    utc_ms: times_ms,
    range_m: column(),
    rangeRate_m_s: column(),
    track: null,
    transmittance: column(),
    background_Hz: column(),
    expected: [],
    loss_dB: column(),
    epochRow,
  }
}

function fillRow(
  environment: Environment,
  track: PassTrack,
  plan: DownlinkPlan,
  row: number,
): void {
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
