/** One record that a mission names: its id, or an inline object that overrides the shipped record of its id. */
import type { z } from 'zod'
import { MissionError } from './desk'
import { nearestName } from './nearest-name'
import { shownValue } from './shown-value'

/**
 * The record that a place of the mission means: a shipped one, or an inline object, whose fields override
 * those of the shipped record with its id, or of the defaults when there is none.
 * @param place names the field in errors. @throws MissionError naming the field, the value and what would be right.
 */
export function resolveRecord<T extends { id: string }, S extends z.ZodType<T>>(
  place: string,
  given: string | Record<string, unknown>,
  known: T[],
  schema: S,
  defaults: Partial<T>,
): T {
  if (typeof given === 'string') return named(place, given, known)
  const base = known.find(({ id }) => id === given.id)
  refuseUnknown(place, given, base ?? known[0] ?? {})
  const parsed = schema.safeParse(merged(base ?? defaults, given))
  if (parsed.success) return parsed.data
  const [{ path, message }] = parsed.error.issues
  const value = shownValue(path.reduce<unknown>(within, given))
  throw wrong(`${[place, ...path].join('.')} is ${value}: ${message}.`, 'Correct that field.')
}

const within = (value: unknown, step: PropertyKey): unknown =>
  (value as Partial<Record<PropertyKey, unknown>> | null | undefined)?.[step]

/** The shipped record of that id. @throws MissionError with the nearest known one. */
export function named<T extends { id: string }>(place: string, id: string, known: T[]): T {
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
        `${place}.${key} = ${shownValue(value)} is not a field of this record.`,
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

/** A refusal that names the place in the mission, and the way out. */
export const wrong = (text: string, wayOut: string): MissionError =>
  new MissionError({ severity: 'serious', text, wayOut })
