/** The document of the command `passes`: satellites, refusals and passes of one search. */
import type { Problem } from '../model/alarm'
import type { Elements, ImportResult, Rejected } from '../model/elements'
import type { Pass, PassSatellite } from '../model/pass'
import type { StationPlace } from '../model/station'
import { formatUtc } from '../model/time'
import { findPasses } from './passes'
import { PropagationError } from './propagator'
import { checkUsable, passSatellite, reentryProblem } from './usable'

export interface DocumentSatellite extends PassSatellite {
  /** False for a set passed over for another of the same satellite, nearer to the window's start. */
  used: boolean
}

export interface PassesDocument {
  satellites: DocumentSatellite[]
  rejected: Rejected[]
  passes: Pass[]
  /** Warnings about the sets that were used. */
  notices: Problem[]
}

export interface PassesRequest {
  imported: ImportResult<Elements>
  stations: StationPlace[]
  from_ms: number
  to_ms: number
  minElevation_rad: number
  /** Catalogue number -> re-entry date. */
  reentries: Map<number, string>
}

/** Of several sets of one satellite, the one whose epoch is nearest to the window's start. */
function nearestSets(sets: Elements[], from_ms: number): Set<Elements> {
  const nearest = new Map<number, Elements>()
  for (const set of sets) {
    const known = nearest.get(set.noradId)
    const distance_ms = Math.abs(set.epoch_ms - from_ms)
    if (!known || distance_ms < Math.abs(known.epoch_ms - from_ms)) nearest.set(set.noradId, set)
  }
  return new Set(nearest.values())
}

const label = (elements: Elements): string =>
  `${elements.name} (${elements.noradId}) of ${formatUtc(elements.epoch_ms)}`

/** Splits off the sets of satellites that the window outlives. */
function stillFlying(document: PassesDocument, request: PassesRequest): Elements[] {
  return request.imported.accepted.filter((elements) => {
    const reentry_utc = request.reentries.get(elements.noradId)
    const record = { elements, ...(reentry_utc ? { reentry_utc } : {}) }
    const problem = reentryProblem(record, request.from_ms, request.to_ms)
    if (problem) refuse(document, elements, problem)
    return problem === null
  })
}

function refuse(document: PassesDocument, elements: Elements, problem: Problem): void {
  const reason = `${problem.text}; ${problem.wayOut}`
  document.rejected.push({ record: label(elements), reason })
}

/** Adds one set's passes over every station; false when it had to be refused. */
function flySet(document: PassesDocument, elements: Elements, request: PassesRequest): boolean {
  const { stations, from_ms, to_ms, minElevation_rad } = request
  const problem = checkUsable({ elements }, from_ms, to_ms)
  if (problem?.severity === 'critical') {
    refuse(document, elements, problem)
    return false
  }
  if (problem) document.notices.push(problem)
  for (const station of stations)
    document.passes.push(...findPasses({ elements, station, from_ms, to_ms, minElevation_rad }))
  return true
}

/** The same, for a set that decays within the search though both ends of the window are sound. */
function trySet(document: PassesDocument, elements: Elements, request: PassesRequest): boolean {
  try {
    return flySet(document, elements, request)
  } catch (error) {
    if (!(error instanceof PropagationError)) throw error
    document.rejected.push({ record: label(elements), reason: error.message })
    return false
  }
}

/**
 * Searches the passes of every imported satellite over every station.
 * @returns every usable set, every refused record with its reason, and the passes by time of TCA
 */
export function searchPasses(request: PassesRequest): PassesDocument {
  const rejected = [...request.imported.rejected]
  const document: PassesDocument = { satellites: [], rejected, passes: [], notices: [] }
  const flying = stillFlying(document, request)
  const nearest = nearestSets(flying, request.from_ms)
  for (const elements of flying) {
    const used = nearest.has(elements)
    if (used && !trySet(document, elements, request)) continue
    document.satellites.push({ ...passSatellite(elements, request.from_ms), used })
  }
  document.passes.sort((a, b) => a.tca.utc.localeCompare(b.tca.utc))
  return document
}
