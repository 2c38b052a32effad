/** From a mission's contact to all that the engine needs to fly it. */
import type { ContactRequest } from '../domain/model/mission'
import type { Pass } from '../domain/model/pass'
import type { MissionSatellite, ResolvedMission } from '../domain/model/resolved-mission'
import type { Station } from '../domain/model/station'
import { radians } from '../domain/model/units'
import { parseUtc } from '../domain/model/time'
import { findPasses } from '../domain/orbit/passes'
import { PropagationError } from '../domain/orbit/propagator'
import { exchangeWindow, type Window } from '../domain/plan/exchange-window'
import { peakTagRate_Hz } from '../domain/plan/tag-rate'
import type { FlightPlan } from '../engine/protocol'
import { MissionError } from './desk'

/** `near_utc` may lie this far from the pass it means. */
const SEARCH_MS = 12 * 3600_000
/** The record starts this long before AOS. */
const LEAD_MS = 180_000
/** Time tags a second, synchronisation apart, that parties and recorder keep up with in memory. */
const MOST_TAGS_Hz = 1e6

export interface PlannedContact {
  pass: Pass
  satellite: MissionSatellite
  station: Station
  plan: FlightPlan
}

/**
 * Finds the pass whose TCA is nearest to `near_utc` and plans its flight.
 * @throws MissionError when there is no such pass, or nothing may be exchanged in it.
 */
export function planContact(
  resolved: ResolvedMission,
  contact: ContactRequest,
  options: { seed: number; speed: number | 'max' },
): PlannedContact {
  const satellite = resolved.satellites.find(({ noradId }) => noradId === contact.satellite)
  const station = resolved.stations.find(({ id }) => id === contact.station)
  if (!satellite || !station)
    throw refuse(`${contact.satellite} over ${contact.station} is not in this mission`, 'Add both.')
  const { pass, window } = inWords(() => passAndWindow(resolved, satellite, station, contact))
  refuseFlood(satellite, station, window)
  const { mission } = resolved
  return {
    pass,
    satellite,
    station,
    plan: {
      contactId: pass.id,
      seed: options.seed,
      elements: satellite.record.elements,
      payload: satellite.payload,
      station,
      exchange: mission.exchange,
      security: mission.security,
      times: {
        start_ms: parseUtc(pass.aos.utc) - LEAD_MS,
        aos_ms: parseUtc(pass.aos.utc),
        exchangeFrom_ms: window.from_ms,
        tca_ms: parseUtc(pass.tca.utc),
        exchangeTo_ms: window.to_ms,
        los_ms: parseUtc(pass.los.utc),
      },
      speed: options.speed,
    },
  }
}

function passAndWindow(
  resolved: ResolvedMission,
  satellite: MissionSatellite,
  station: Station,
  { near_utc }: ContactRequest,
): { pass: Pass; window: Window } {
  const pass = nearestPass(resolved, satellite, station, near_utc)
  const window = exchangeWindow(resolved, satellite, station, pass)
  if ('whyNot' in window)
    throw refuse(`${pass.id} gives no exchange: ${window.whyNot}`, 'Choose another pass.')
  return { pass, window }
}

/** SGP4's errors in the words of the mission layer. */
function inWords<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    if (!(error instanceof PropagationError)) throw error
    throw refuse(error.what, 'Use newer elements or a time near their epoch.')
  }
}

/** Records out of all measure would fill the memory before they fill a key. */
function refuseFlood(satellite: MissionSatellite, station: Station, window: Window): void {
  const rate_Hz = peakTagRate_Hz(satellite, station, window)
  if (rate_Hz <= MOST_TAGS_Hz) return
  throw refuse(
    `${satellite.noradId} over ${station.id} would make ${rate_Hz.toExponential(1)} time tags a second, ${MOST_TAGS_Hz} are the limit`,
    'Check pulse rate, aperture, dark counts, field of view, filter and sky radiance.',
  )
}

function nearestPass(
  { mission, start_ms, end_ms }: ResolvedMission,
  satellite: MissionSatellite,
  station: Station,
  near_utc: string,
): Pass {
  const near_ms = parseUtc(near_utc)
  const minElevation_deg = Math.max(
    mission.exchange.min_elevation_deg,
    station.site.min_elevation_deg,
  )
  const passes = findPasses({
    elements: satellite.record.elements,
    station,
    from_ms: Math.max(start_ms, near_ms - SEARCH_MS),
    to_ms: Math.min(end_ms, near_ms + SEARCH_MS),
    minElevation_rad: radians(minElevation_deg),
  })
  const distance = (pass: Pass): number => Math.abs(parseUtc(pass.tca.utc) - near_ms)
  const nearest = passes.sort((a, b) => distance(a) - distance(b))[0]
  if (nearest) return nearest
  throw refuse(
    `no pass of ${satellite.noradId} over ${station.id} within 12 h of ${near_utc} and the mission's clock`,
    'Choose a pass from the pass table.',
  )
}

const refuse = (text: string, wayOut: string): MissionError =>
  new MissionError({ severity: 'serious', text: `Planning a contact: ${text}.`, wayOut })
