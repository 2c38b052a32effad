/**
 * What the models say of an entangled contact, second by second: both links, their backgrounds, the expected
 * coincidences. Geometry is Bob's: his station is the one that the contact is named after.
 */
import { backgroundRate_Hz } from '../domain/link/background'
import { linkBudget } from '../domain/link/budget'
import { expectedPairs, type PairExpectation } from '../domain/link/pair-link'
import type { PairSource } from '../domain/model/payload'
import type { Station } from '../domain/model/station'
import { loss_dB } from '../domain/model/units'
import { passTrack, type PassTrack } from '../domain/orbit/track'
import { emptyEnvironment, secondsOf, type Environment } from './environment'
import type { PairPlan } from './protocol'

/** One end's link in columns, one row a second. */
export interface PairLinkColumns {
  range_m: Float64Array
  rangeRate_m_s: Float64Array
  /** Detectors included. */
  transmittance: Float64Array
  background_Hz: Float64Array
  jitter_ns: number
}

export interface PairEnvironment {
  /** Bob's geometry with the loss of both photons together, window included, for telemetry. */
  shown: Environment
  alice: PairLinkColumns
  bob: PairLinkColumns
  expected: PairExpectation[]
}

/** Time tags a second at one end that parties and recorder keep up with in memory. */
const MOST_TAGS_Hz = 1e6

/**
 * From the plan's start to past LOS, aligned with the exchange's first instant.
 * @throws PropagationError when SGP4 gives no position, Error when an end would be flooded with tags.
 */
export function pairEnvironment(plan: PairPlan): PairEnvironment {
  const { times_ms, epochRow } = secondsOf(plan.times)
  const { source, elements } = plan
  const track = passTrack({ elements, station: plan.bob, times_ms })
  const bob = stationLink(source, plan.bob, track)
  const alice = plan.alice
    ? stationLink(source, plan.alice, passTrack({ elements, station: plan.alice, times_ms }))
    : onboardLink(source, times_ms.length)
  const expected = Array.from(times_ms, (_, row) =>
    expectedPairs(source, endAt(alice, row), endAt(bob, row), source.coincidence_window_ns),
  )
  expected.forEach(({ singles_Hz }) => refuseFlood(singles_Hz))
  const { range_m, rangeRate_m_s } = track
  const shown = { ...emptyEnvironment(times_ms, epochRow), track, range_m, rangeRate_m_s }
  expected.forEach(({ true_Hz }, row) => {
    shown.loss_dB[row] = loss_dB(true_Hz / source.pair_rate_Hz)
  })
  return { shown, alice, bob, expected }
}

/** Whole seconds of the exchange window. */
export const exchangeSeconds = ({ times }: PairPlan): number =>
  Math.floor((times.exchangeTo_ms - times.exchangeFrom_ms) / 1000)

function refuseFlood(singles_Hz: [number, number]): void {
  const most_Hz = Math.max(...singles_Hz)
  if (most_Hz <= MOST_TAGS_Hz) return
  throw new Error(
    `Flying entangled pairs: one end would make ${most_Hz.toExponential(1)} time tags a second, ${MOST_TAGS_Hz} are the limit; lower the pair rate, the efficiency on board, apertures or dark counts.`,
  )
}

const endAt = ({ transmittance, background_Hz, jitter_ns }: PairLinkColumns, row: number) => ({
  transmittance: transmittance[row],
  background_Hz: background_Hz[row],
  jitter_ns,
})

/** Below the horizon nothing arrives. */
function stationLink(source: PairSource, station: Station, track: PassTrack): PairLinkColumns {
  const rows = track.utc_ms.length
  const link: PairLinkColumns = {
    range_m: track.range_m,
    rangeRate_m_s: track.rangeRate_m_s,
    transmittance: new Float64Array(rows),
    background_Hz: new Float64Array(rows),
    jitter_ns: station.receiver.timing_jitter_ns,
  }
  for (let row = 0; row < rows; row += 1) fillRow(link, source, station, track, row)
  return link
}

function fillRow(
  link: PairLinkColumns,
  source: PairSource,
  station: Station,
  track: PassTrack,
  row: number,
): void {
  const elevation_rad = Math.max(track.elevation_rad[row], 0)
  const geometry = { range_m: track.range_m[row], elevation_rad }
  const above = track.elevation_rad[row] > 0
  link.transmittance[row] = above
    ? linkBudget(source, station, geometry).withDetector.transmittance
    : 0
  link.background_Hz[row] = backgroundRate_Hz(source, station, {
    elevation_rad,
    moonElevation_rad: track.moonElevation_rad[row],
    moonPhaseAngle_rad: track.moonPhaseAngle_rad[row],
    moonSeparation_rad: track.moonSeparation_rad[row],
  }).total_Hz
}

/** Detectors beside the source: no way to go, and one efficiency. */
function onboardLink({ onboard }: PairSource, rows: number): PairLinkColumns {
  return {
    range_m: new Float64Array(rows),
    rangeRate_m_s: new Float64Array(rows),
    transmittance: new Float64Array(rows).fill(onboard.efficiency),
    background_Hz: new Float64Array(rows).fill(onboard.dark_count_rate_Hz),
    jitter_ns: onboard.timing_jitter_ns,
  }
}
