/** Reads a mission file: every complaint names the file, the field, the value and what would be right. */
import type { z } from 'zod'
import { missionSchema, type Mission } from '../domain/model/mission'
import { parseUtc } from '../domain/model/time'
import { MissionError } from './desk'
import { nearestName } from './nearest-name'

const problem = (text: string, wayOut: string): MissionError =>
  new MissionError({ severity: 'serious', text, wayOut })

/**
 * Parses and validates a mission file.
 * @throws MissionError with one line and the way out.
 */
export function readMission(text: string, fileName: string): Mission {
  return validateMission(parseJson(text, fileName), fileName)
}

/** @throws MissionError naming the place where the JSON breaks off. */
export function parseJson(text: string, fileName: string): unknown {
  if (text.trim() === '') throw problem(`${fileName} is empty.`, 'Choose a mission file (JSON).')
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\s+/g, ' ') : 'unreadable'
    throw problem(`${fileName} is not JSON: ${why}.`, 'Correct the file at that place.')
  }
}

/** @throws MissionError for the first field that is wrong. */
export function validateMission(value: unknown, fileName: string): Mission {
  const parsed = missionSchema.safeParse(value)
  if (!parsed.success) throw describe(parsed.error.issues[0], value, fileName)
  checkTimes(parsed.data, fileName)
  return parsed.data
}

function describe(issue: z.core.$ZodIssue, value: unknown, fileName: string): MissionError {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') return unknownKey(issue.keys[0], path, value, fileName)
  const field = path.join('.') || 'the document'
  return problem(
    `${fileName}: ${field} is ${show(at(value, path))}: ${issue.message}.`,
    'Correct that field.',
  )
}

function unknownKey(key: string, path: string[], value: unknown, fileName: string): MissionError {
  const near = nearestName(key, knownKeys(path))
  const field = [...path, key].join('.')
  return problem(
    `${fileName}: ${field} = ${show(at(value, [...path, key]))} is not a field of a mission.`,
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

const show = (value: unknown): string =>
  value === undefined ? 'missing' : JSON.stringify(value).slice(0, 60)

function checkTimes(mission: Mission, fileName: string): void {
  const { start, end } = mission.clock
  if (parseUtc(end) > parseUtc(start)) return
  throw problem(`${fileName}: clock.end ${end} is not after clock.start ${start}.`, 'Swap them.')
}
