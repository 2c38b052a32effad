/** Looks up every record a mission names; inline objects override the shipped record of their id. */
import type { Problem } from '../domain/model/alarm'
import { satelliteName, type ElementsRecord } from '../domain/model/elements'
import type { Catalogue } from '../domain/model/ipc'
import type { Mission, Protocol } from '../domain/model/mission'
import type { MissionSatellite, ResolvedMission } from '../domain/model/resolved-mission'
import { stationSchema } from '../domain/model/station'
import { parseUtc } from '../domain/model/time'
import { importElements } from '../domain/orbit/import-elements'
import { checkUsable } from '../domain/orbit/usable'
import { MissionError } from './desk'
import {
  checkContactTimes,
  checkHolders,
  checkLinks,
  checkProof,
  checkReferences,
} from './mission-references'
import { named, resolveRecord, wrong } from './resolve-record'
import { resolveSource } from './resolve-source'

export interface MissionWithRecords {
  resolved: ResolvedMission
  notices: Problem[]
}

/**
 * @param fileName names the mission in errors.
 * @throws MissionError naming the file, the field, the value and the nearest known record.
 */
export function resolveMission(
  mission: Mission,
  catalogue: Catalogue,
  fileName = 'the mission',
): MissionWithRecords {
  try {
    return resolve(mission, catalogue)
  } catch (error) {
    if (!(error instanceof MissionError)) throw error
    const { problem } = error
    throw new MissionError({ ...problem, text: `${fileName}: ${problem.text}` })
  }
}

function resolve(mission: Mission, catalogue: Catalogue): MissionWithRecords {
  const resolved: ResolvedMission = {
    mission,
    start_ms: parseUtc(mission.clock.start),
    end_ms: parseUtc(mission.clock.end),
    satellites: mission.satellites.map((satellite, i) =>
      resolveSatellite(satellite, i, mission.exchange.protocol, catalogue),
    ),
    stations: mission.stations.map((station, i) =>
      resolveRecord(
        `stations.${i}`,
        station,
        catalogue.stations,
        stationSchema,
        catalogue.stationDefaults,
      ),
    ),
  }
  checkReferences(resolved)
  checkProof(resolved)
  checkLinks(resolved)
  checkHolders(resolved)
  const notices = usability(resolved)
  checkContactTimes(resolved)
  return { resolved, notices }
}

function resolveSatellite(
  satellite: Mission['satellites'][number],
  index: number,
  protocol: Protocol,
  catalogue: Catalogue,
): MissionSatellite {
  const place = `satellites.${index}`
  const record = resolveElements(`${place}.elements`, satellite.elements, catalogue.elements)
  if (record.elements.noradId !== satellite.noradId)
    throw wrong(
      `${place}.noradId is ${satellite.noradId}, but its elements are of ${record.elements.noradId}.`,
      'Name elements of that satellite.',
    )
  const payload = resolveSource(`${place}.payload`, satellite.payload, protocol, catalogue)
  return { noradId: satellite.noradId, record, payload }
}

/** Elements by id, or an inline OMM object. */
function resolveElements(
  place: string,
  given: string | Record<string, unknown>,
  known: ElementsRecord[],
): ElementsRecord {
  if (typeof given === 'string') return named(place, given, known)
  const { accepted, rejected } = importElements(JSON.stringify(given), place)
  if (accepted.length === 0)
    throw wrong(
      `${place} is refused: ${rejected[0]?.reason ?? 'no elements'}.`,
      'Give an OMM object.',
    )
  const elements = accepted[0]
  const same = known.find((record) => record.elements.noradId === elements.noradId)
  return {
    id: place,
    elements,
    source: 'mission file',
    ...knownOf(same),
  }
}

/** What is known of a satellite beyond any one element set. */
const knownOf = (record: ElementsRecord | undefined): Partial<ElementsRecord> => ({
  ...(record?.reentry_utc ? { reentry_utc: record.reentry_utc } : {}),
  ...(record?.alias ? { alias: record.alias } : {}),
})

/** Old elements are told; a satellite past its re-entry is refused. */
function usability(resolved: ResolvedMission): Problem[] {
  const notices: Problem[] = []
  for (const { record } of resolved.satellites) {
    const problem = checkUsable(record, resolved.start_ms, resolved.end_ms)
    if (problem?.severity === 'critical') throw new MissionError(problem)
    if (problem) notices.push(problem)
    if (record.reentry_utc)
      notices.push({
        severity: 'caution',
        text: `${satelliteName(record)} re-entered on ${record.reentry_utc.slice(0, 10)}: historical elements, rehearsal only.`,
        wayOut: 'Import the elements of another satellite for live work.',
      })
  }
  return notices
}
