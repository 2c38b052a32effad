/** Looks up every record a mission names; inline objects override the shipped record of their id. */
import type { Problem } from '../domain/model/alarm'
import { satelliteName, type ElementsRecord } from '../domain/model/elements'
import type { Catalogue } from '../domain/model/ipc'
import type { Mission } from '../domain/model/mission'
import { payloadSchema, type Payload } from '../domain/model/payload'
import type { MissionSatellite, ResolvedMission } from '../domain/model/resolved-mission'
import { stationSchema } from '../domain/model/station'
import { parseUtc } from '../domain/model/time'
import { importElements } from '../domain/orbit/import-elements'
import { checkUsable } from '../domain/orbit/usable'
import { MissionError } from './desk'
import { nearestName } from './nearest-name'
import { named, resolveRecord, wrong } from './resolve-record'

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
    satellites: mission.satellites.map((satellite, i) => resolveSatellite(satellite, i, catalogue)),
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
  checkReferences(mission, resolved)
  checkHolders(resolved)
  const notices = usability(resolved)
  checkContactTimes(resolved)
  return { resolved, notices }
}

function resolveSatellite(
  satellite: Mission['satellites'][number],
  index: number,
  catalogue: Catalogue,
): MissionSatellite {
  const place = `satellites.${index}`
  const record = resolveElements(`${place}.elements`, satellite.elements, catalogue.elements)
  if (record.elements.noradId !== satellite.noradId)
    throw wrong(
      `${place}.noradId is ${satellite.noradId}, but its elements are of ${record.elements.noradId}.`,
      'Name elements of that satellite.',
    )
  const payload = resolveRecord<Payload, typeof payloadSchema>(
    `${place}.payload`,
    satellite.payload,
    catalogue.payloads,
    payloadSchema,
    catalogue.payloads[0] ?? {},
  )
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

/** Contacts, requests and uses may only name what the mission has. */
function checkReferences(mission: Mission, resolved: ResolvedMission): void {
  const stations = resolved.stations.map(({ id }) => id)
  const check = (place: string, id: string): void => {
    if (stations.includes(id)) return
    const near = nearestName(id, stations)
    throw wrong(
      `${place} is "${id}", which is not among the mission's stations.`,
      near ? `Did you mean "${near}"?` : `Stations are ${stations.join(', ')}.`,
    )
  }
  mission.contacts.forEach(({ station, satellite }, i) => {
    check(`contacts.${i}.station`, station)
    if (!resolved.satellites.some(({ noradId }) => noradId === satellite))
      throw wrong(
        `contacts.${i}.satellite is ${satellite}, which the mission does not have.`,
        `Satellites are ${resolved.satellites.map(({ noradId }) => noradId).join(', ')}.`,
      )
  })
  mission.requests.forEach(({ a, b }, i) => {
    check(`requests.${i}.a`, a)
    check(`requests.${i}.b`, b)
  })
  mission.uses.forEach(({ from, to }, i) => {
    check(`uses.${i}.from`, from)
    check(`uses.${i}.to`, to)
  })
}

/** Elements and re-entry are judged for the clock: nothing may be flown outside of it. */
function checkContactTimes({ mission, start_ms, end_ms }: ResolvedMission): void {
  const { start, end } = mission.clock
  mission.contacts.forEach(({ near_utc }, i) => {
    const near_ms = parseUtc(near_utc)
    if (near_ms >= start_ms && near_ms <= end_ms) return
    throw wrong(
      `contacts.${i}.near_utc ${near_utc} lies outside the mission's clock, ${start} to ${end}.`,
      'Move the contact or widen the clock.',
    )
  })
}

/** Keys are kept under these names: no two holders may share one. */
function checkHolders({ satellites, stations }: ResolvedMission): void {
  const names = [
    ...satellites.map(({ record }) => satelliteName(record)),
    ...stations.map((s) => s.id),
  ]
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice === undefined) return
  throw wrong(
    `satellites and stations: "${twice}" names two of them, and keys are kept by name.`,
    'Give one of them another name.',
  )
}

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
