/** From a mission's contact to all that the engine needs to fly it. */
import { satelliteName } from '../domain/model/elements'
import { contactStations, type ContactRequest } from '../domain/model/mission'
import type { Pass } from '../domain/model/pass'
import { isPairSource, type PairSource, type Payload } from '../domain/model/payload'
import type { MissionSatellite, ResolvedMission } from '../domain/model/resolved-mission'
import type { Station } from '../domain/model/station'
import { radians } from '../domain/model/units'
import { parseUtc } from '../domain/model/time'
import { findPasses } from '../domain/orbit/passes'
import { PropagationError } from '../domain/orbit/propagator'
import { exchangeWindow, type Window } from '../domain/plan/exchange-window'
import { pairWindow } from '../domain/plan/pair-window'
import { peakTagRate_Hz } from '../domain/plan/tag-rate'
import type { DownlinkPlan, PairPlan } from '../engine/protocol'
import { MissionError } from './desk'
import { attacksOn, refuseUnmodelled } from './drill'

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
  /** Who holds the key, Alice's end first: the satellite and a station, or two stations. */
  ends: [string, string]
  /** Both stations of an entangled contact; `station` is the second. */
  stations?: [string, string]
  plan: DownlinkPlan | PairPlan
}

export interface PlanContactOptions {
  seed: number
  speed: number | 'max'
}

/**
 * Finds the pass whose TCA is nearest to `near_utc` and plans its flight.
 * @throws MissionError when there is no such pass, or nothing may be exchanged in it.
 */
export function planContact(
  resolved: ResolvedMission,
  contact: ContactRequest,
  options: PlanContactOptions,
): PlannedContact {
  const satellite = resolved.satellites.find(({ noradId }) => noradId === contact.satellite)
  const [first, second] = contactStations(contact).map((id) => stationOf(resolved, id))
  if (!satellite)
    throw refuse(`satellite ${contact.satellite} is not in this mission`, 'Add it to the mission.')
  const { payload } = satellite
  if (isPairSource(payload)) {
    const stations: PairStations = { alice: second ? first : null, bob: second ?? first }
    return planPair({ resolved, satellite, source: payload, stations, contact, options })
  }
  return planDownlink({ resolved, satellite, payload, station: first, contact, options })
}

function stationOf({ stations }: ResolvedMission, wanted: string): Station {
  const station = stations.find(({ id }) => id === wanted)
  if (station) return station
  throw refuse(`station ${wanted} is not in this mission`, 'Add it to the mission.')
}

interface Planning {
  resolved: ResolvedMission
  satellite: MissionSatellite
  contact: ContactRequest
  options: PlanContactOptions
}

function planDownlink(planning: Planning & { payload: Payload; station: Station }): PlannedContact {
  const { resolved, satellite, payload, station, contact } = planning
  const { pass, window } = inWords(() => passAndWindow(resolved, satellite, station, contact))
  refuseFlood(satellite, station, window)
  const ends: [string, string] = [satelliteName(satellite.record), station.id]
  const common = commonPlan(planning, { id: pass.id, pass, window, ends })
  const plan: DownlinkPlan = { kind: 'downlink', ...common, payload, station }
  return { pass, satellite, station, ends, plan }
}

/** Alice's end is a station, or null for the detectors on board. */
interface PairStations {
  alice: Station | null
  bob: Station
}

function planPair(
  planning: Planning & { source: PairSource; stations: PairStations },
): PlannedContact {
  const { resolved, satellite, source, stations, contact } = planning
  const { alice, bob } = stations
  const { pass, window } = inWords(() => passAndWindow(resolved, satellite, bob, contact))
  const both = alice ? commonWindow(planning, alice, bob, pass) : window
  const ends: [string, string] = [alice?.id ?? satelliteName(satellite.record), bob.id]
  const id = alice ? pass.id.replace(`-${bob.id}-`, `-${alice.id}+${bob.id}-`) : pass.id
  const common = commonPlan(planning, { id, pass, window: both, ends })
  const plan: PairPlan = { kind: 'pair', ...common, source, alice, bob }
  refuseUnmodelled(plan)
  const pair = alice ? { stations: [alice.id, bob.id] as [string, string] } : {}
  return { pass, satellite, station: bob, ends, ...pair, plan }
}

/** Both stations must be able to receive at the same time. */
function commonWindow(
  { resolved, satellite, contact }: Planning,
  alice: Station,
  bob: Station,
  pass: Pass,
): Window {
  const other = inWords(() => nearestPass(resolved, satellite, alice, contact.near_utc))
  const window = pairWindow(resolved, satellite, [alice, bob], [other, pass])
  if (!('whyNot' in window)) return window
  throw refuse(
    `${alice.id} and ${bob.id} with ${satellite.noradId} near ${contact.near_utc}: ${window.whyNot}`,
    'Choose another pass, or a larger range and a lower elevation.',
  )
}

/** What every kind of contact has. */
function commonPlan(
  { resolved, satellite, options }: Planning,
  planned: { id: string; pass: Pass; window: Window; ends: [string, string] },
) {
  const { id, pass, window, ends } = planned
  const { mission } = resolved
  return {
    contactId: id,
    seed: options.seed,
    elements: satellite.record.elements,
    exchange: mission.exchange,
    security: mission.security,
    channel: mission.channel,
    faults: mission.faults,
    attacks: attacksOn(mission.attacks, ends, window),
    times: {
      start_ms: Math.min(parseUtc(pass.aos.utc), window.from_ms) - LEAD_MS,
      aos_ms: parseUtc(pass.aos.utc),
      exchangeFrom_ms: window.from_ms,
      tca_ms: parseUtc(pass.tca.utc),
      exchangeTo_ms: window.to_ms,
      los_ms: parseUtc(pass.los.utc),
    },
    speed: options.speed,
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
