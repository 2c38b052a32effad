/** Looks up every record a mission names; inline objects override the shipped record of their id. */
import type { z } from 'zod'
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

/** @throws MissionError naming the field, the value and the nearest known record. */
export function resolveMission(
  mission: Mission,
  catalogue: Catalogue,
): { resolved: ResolvedMission; notices: Problem[] } {
  const resolved: ResolvedMission = {
    mission,
    start_ms: parseUtc(mission.clock.start),
    end_ms: parseUtc(mission.clock.end),
    satellites: mission.satellites.map((satellite, i) => resolveSatellite(satellite, i, catalogue)),
    stations: mission.stations.map((station, i) =>
      resolveRecord(`stations.${i}`, station, catalogue.stations, stationSchema),
    ),
  }
  checkReferences(mission, resolved)
  return { resolved, notices: usability(resolved) }
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

function resolveRecord<T extends { id: string }, S extends z.ZodType<T>>(
  place: string,
  given: string | Record<string, unknown>,
  known: T[],
  schema: S,
): T {
  if (typeof given === 'string') return named(place, given, known)
  const base = known.find(({ id }) => id === given.id)
  refuseUnknown(place, given, base ?? known[0] ?? {})
  const parsed = schema.safeParse(base ? merged(base, given) : given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw wrong(`${place}.${issue.path.join('.')}: ${issue.message}.`, 'Correct that field.')
}

function named<T extends { id: string }>(place: string, id: string, known: T[]): T {
  const record = known.find((candidate) => candidate.id === id)
  if (record) return record
  const ids = known.map((candidate) => candidate.id)
  const near = nearestName(id, ids)
  throw wrong(
    `${place} is "${id}", which is no known record.`,
    near ? `Did you mean "${near}"?` : `Known are ${ids.slice(0, 8).join(', ')}.`,
  )
}

/** Overrides must be fields of the record, so that a misspelt one is not silently without effect. */
function refuseUnknown(place: string, given: object, base: object): void {
  for (const [key, value] of Object.entries(given)) {
    const known = Object.keys(base)
    if (!known.includes(key) && key !== 'sources') {
      const near = nearestName(key, known)
      throw wrong(
        `${place}.${key} = ${JSON.stringify(value)?.slice(0, 60)} is not a field of this record.`,
        near ? `Did you mean "${near}"?` : 'Remove it.',
      )
    }
    const inner = (base as Record<string, unknown>)[key]
    if (isPlain(value) && isPlain(inner) && key !== 'sources')
      refuseUnknown(`${place}.${key}`, value, inner)
  }
}

function merged(base: object, over: object): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over))
    result[key] = isPlain(value) && isPlain(result[key]) ? merged(result[key], value) : value
  return result
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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

const wrong = (text: string, wayOut: string): MissionError =>
  new MissionError({ severity: 'serious', text: `Mission: ${text}`, wayOut })
