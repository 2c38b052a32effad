/** Every pass of a mission with what it would bring: exchange window, expected key, or why there is none. */
import { expectedCounts, type Expectation } from '../link/expectation'
import type { Candidate, Pass } from '../model/pass'
import { isPairSource, type Payload } from '../model/payload'
import type { MissionSatellite, ResolvedMission } from '../model/resolved-mission'
import type { Station } from '../model/station'
import { formatUtc } from '../model/time'
import { radians } from '../model/units'
import { findPasses } from '../orbit/passes'
import { exchangeLimits, exchangeWindow, type Window } from './exchange-window'
import { expectedKey, expectedOver, type PulsedSatellite } from './expected-key'

export interface PlanOptions {
  /** Ids of the stations to plan for; all of the mission without it. */
  stations?: string[]
  onProgress?: (done: number, total: number) => void
}

const grouped = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ' ')

const windowDocument = ({ from_ms, to_ms }: Window): Candidate['exchange'] => ({
  from_utc: formatUtc(from_ms),
  to_utc: formatUtc(to_ms),
  duration_s: (to_ms - from_ms) / 1000,
})

/** Too few counts, or errors that no number of counts would cure: the bound on a thousand such windows tells. */
function noKeyReason(
  resolved: ResolvedMission,
  payload: Payload,
  expectation: Expectation,
): string {
  const thousand = expectedCounts([{ second: expectation, weight_s: 1000 }])
  const ever = expectedKey(payload, resolved.mission.security, thousand).secret_bits > 0
  if (!ever) return `error rate too high: ${(100 * expectation.qber).toFixed(1)} % expected`
  return `too few counts for the finite-key bound: ${grouped(expectation.sifted)} sifted bits`
}

/** Pairs need a partner at the same instant, which one station's pass does not tell. */
const NEEDS_TWO = 'an entangled source needs two stations at once'

/**
 * One pass as a candidate: window, expected key and QBER, or the reason against it.
 * @throws PropagationError when SGP4 gives no position.
 */
export function candidateOf(
  resolved: ResolvedMission,
  satellite: MissionSatellite,
  station: Station,
  pass: Pass,
): Candidate {
  const window = exchangeWindow(resolved, satellite, station, pass)
  if ('whyNot' in window) {
    const dark = pass.tca.sun_elevation_deg <= exchangeLimits(resolved, station).sun_deg
    return { pass, expected_key_bits: 0, whyNoKey: window.whyNot, dark }
  }
  const base = { pass, exchange: windowDocument(window), expected_key_bits: 0, dark: true }
  if (isPairSource(satellite.payload)) return { ...base, whyNoKey: NEEDS_TWO }
  const pulsed = { ...satellite, payload: satellite.payload }
  return { ...base, ...expectedOf(resolved, pulsed, expectedOver(pulsed, station, window)) }
}

/** Key and QBER expected over a window, or why there will be no key. */
function expectedOf(
  resolved: ResolvedMission,
  { payload }: PulsedSatellite,
  expectation: Expectation,
): Pick<Candidate, 'expected_key_bits' | 'expected_qber' | 'whyNoKey'> {
  const key = expectedKey(payload, resolved.mission.security, expectation)
  const expected = { expected_key_bits: key.secret_bits, expected_qber: expectation.qber }
  if (key.secret_bits > 0) return expected
  return { ...expected, whyNoKey: noKeyReason(resolved, payload, expectation) }
}

interface Flyover {
  satellite: MissionSatellite
  station: Station
  pass: Pass
}

function flyovers(resolved: ResolvedMission, stations: Station[]): Flyover[] {
  const minElevation_rad = radians(resolved.mission.exchange.min_elevation_deg)
  const span = { from_ms: resolved.start_ms, to_ms: resolved.end_ms, minElevation_rad }
  return resolved.satellites.flatMap((satellite) =>
    stations.flatMap((station) =>
      findPasses({ elements: satellite.record.elements, station, ...span }).map((pass) => ({
        satellite,
        station,
        pass,
      })),
    ),
  )
}

/**
 * Candidates of all satellites over all (or the named) stations between the mission's start and end, by AOS.
 * @throws PropagationError when SGP4 gives no position within the mission.
 */
export function planCandidates(resolved: ResolvedMission, options: PlanOptions = {}): Candidate[] {
  const wanted = resolved.stations.filter(({ id }) => options.stations?.includes(id) ?? true)
  const found = flyovers(resolved, wanted)
  const candidates = found.map(({ satellite, station, pass }, done) => {
    options.onProgress?.(done, found.length)
    return candidateOf(resolved, satellite, station, pass)
  })
  options.onProgress?.(found.length, found.length)
  return candidates.sort((a, b) => a.pass.aos.utc.localeCompare(b.pass.aos.utc))
}
