/** Reads a mission file: every complaint names the file, the field, the value and what would be right. */
import type { z } from 'zod'
import { brokenJsonReason } from '../domain/model/json-place'
import { missionSchema, type Mission } from '../domain/model/mission'
import { parseUtc } from '../domain/model/time'
import { MissionError } from './desk'
import { nearestName } from './nearest-name'
import { shownValue } from './shown-value'

/** No mission is nested deeper; further down, writing a value out would overflow. */
const DEEPEST = 32

const problem = (text: string, wayOut: string): MissionError =>
  new MissionError({ severity: 'serious', text, wayOut })

/**
 * Parses and validates a mission file.
 * @throws MissionError with one line and the way out.
 */
export function readMission(text: string, fileName: string): Mission {
  return validateMission(parseJson(text, fileName), fileName)
}

/** @throws MissionError naming the place where the JSON breaks off, or that it is nested too deeply. */
export function parseJson(text: string, fileName: string): unknown {
  if (text.trim() === '') throw problem(`${fileName} is empty.`, 'Choose a mission file (JSON).')
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch {
    throw problem(`${fileName} is not JSON: ${brokenJsonReason(text)}.`, 'Correct it there.')
  }
  if (deeperThan(value, DEEPEST)) throw problem(`${fileName} is nested too deeply.`, 'Flatten it.')
  return value
}

/** Level by level, so that the check itself cannot overflow. */
function deeperThan(value: unknown, levels: number): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true
    level = level.flatMap((one): unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    )
  }
  return false
}

/** @throws MissionError for the first field that is wrong. */
export function validateMission(value: unknown, fileName: string): Mission {
  const parsed = missionSchema.safeParse(value)
  if (!parsed.success) {
    // A misspelt field is unknown and missing at once; its name says more.
    const { issues } = parsed.error
    const misspelt = issues.find(({ code }) => code === 'unrecognized_keys')
    throw describe(misspelt ?? issues[0], value, fileName)
  }
  checkTimes(parsed.data, fileName)
  checkDistinct(parsed.data, fileName)
  return parsed.data
}

function describe(issue: z.core.$ZodIssue, value: unknown, fileName: string): MissionError {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') return unknownKey(issue.keys[0], path, value, fileName)
  const field = path.join('.') || 'the document'
  return problem(
    `${fileName}: ${field} is ${shownValue(at(value, path))}: ${issue.message}.`,
    'Correct that field.',
  )
}

function unknownKey(key: string, path: string[], value: unknown, fileName: string): MissionError {
  const near = nearestName(key, knownKeys(path))
  const field = [...path, key].join('.')
  return problem(
    `${fileName}: ${field} = ${shownValue(at(value, [...path, key]))} is not a field of a mission.`,
    near ? `Did you mean "${near}"?` : 'Remove it.',
  )
}

/** The keys that the schema knows at a place; array places share their element's keys. */
function knownKeys(path: string[]): string[] {
  let schema: unknown = missionSchema
  for (const step of path) schema = stepInto(schema, step)
  const shape = unwrap(schema) as { shape?: Record<string, unknown> }
  return Object.keys(shape.shape ?? {})
}

function unwrap(schema: unknown): unknown {
  const inner = (schema as { def?: { innerType?: unknown } }).def?.innerType
  return inner ? unwrap(inner) : schema
}

function stepInto(schema: unknown, step: string): unknown {
  const bare = unwrap(schema) as { shape?: Record<string, unknown>; def?: { element?: unknown } }
  return bare.shape?.[step] ?? bare.def?.element
}

function at(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (place, step) => (place as Record<string, unknown> | undefined)?.[step],
    value,
  )
}

function checkTimes(mission: Mission, fileName: string): void {
  const { start, end } = mission.clock
  if (parseUtc(end) > parseUtc(start)) return
  throw problem(`${fileName}: clock.end ${end} is not after clock.start ${start}.`, 'Swap them.')
}

/** Two ends of a request or a use must be two stations, and each record stands once. */
function checkDistinct(mission: Mission, fileName: string): void {
  const same = (place: string, value: string, what: string): MissionError =>
    problem(`${fileName}: ${place} is "${value}", ${what}.`, 'Name another or remove it.')
  mission.requests.forEach(({ a, b }, i) => {
    if (a === b) throw same(`requests.${i}.b`, b, 'the same station as a')
  })
  mission.uses.forEach(({ from, to }, i) => {
    if (from === to) throw same(`uses.${i}.to`, to, 'the same station as from')
  })
  const stations = mission.stations.map((s) => (typeof s === 'string' ? s : String(s.id)))
  const satellites = mission.satellites.map(({ noradId }) => String(noradId))
  for (const [place, ids] of Object.entries({ stations, satellites }))
    ids.forEach((id, i) => {
      if (ids.indexOf(id) < i) throw same(`${place}.${i}`, id, 'which stands there already')
    })
}
