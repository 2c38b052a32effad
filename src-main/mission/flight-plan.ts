/** From a mission's contact to all that the engine needs to fly it. */
import type { ContactRequest } from '../domain/model/mission'
import type { Pass } from '../domain/model/pass'
import type { MissionSatellite, ResolvedMission } from '../domain/model/resolved-mission'
import type { Station } from '../domain/model/station'
import { radians } from '../domain/model/units'
import { parseUtc } from '../domain/model/time'
import { findPasses } from '../domain/orbit/passes'
import { exchangeWindow } from '../domain/plan/exchange-window'
import type { FlightPlan } from '../engine/protocol'
import { MissionError } from './desk'

/** `near_utc` may lie this far from the pass it means. */
const SEARCH_MS = 12 * 3600_000
/** The record starts this long before AOS. */
const LEAD_MS = 180_000

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
  const pass = nearestPass(resolved, satellite, station, contact.near_utc)
  const window = exchangeWindow(resolved, satellite, station, pass)
  if ('whyNot' in window)
    throw refuse(`${pass.id} gives no exchange: ${window.whyNot}`, 'Choose another pass.')
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

function nearestPass(
  { mission }: ResolvedMission,
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
    from_ms: near_ms - SEARCH_MS,
    to_ms: near_ms + SEARCH_MS,
    minElevation_rad: radians(minElevation_deg),
  })
  const distance = (pass: Pass): number => Math.abs(parseUtc(pass.tca.utc) - near_ms)
  const nearest = passes.sort((a, b) => distance(a) - distance(b))[0]
  if (nearest) return nearest
  throw refuse(
    `no pass of ${satellite.noradId} over ${station.id} within 12 h of ${near_utc}`,
    'Choose a pass from the pass table.',
  )
}

const refuse = (text: string, wayOut: string): MissionError =>
  new MissionError({ severity: 'serious', text: `Planning a contact: ${text}.`, wayOut })
