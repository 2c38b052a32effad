/** What a dropped file is, decided by its content; the name only settles what is not JSON. */
import type { Problem } from '@domain/model/alarm'
import { messages } from '../messages'

export type Dropped =
  | { kind: 'mission' | 'elements' | 'stations'; name: string; text: string }
  | { kind: 'recording'; name: string }
  | { kind: 'refused'; problem: Problem }

const MCAP_MAGIC = '\u0089MCAP0'
const TLE_LINE = /^\s*(1 [ 0-9A-Z]{5}[UCS ]|2 [ 0-9A-Z]{5} )/m

const refuse = (text: string, wayOut: string): Dropped => ({
  kind: 'refused',
  problem: { severity: 'caution', text, wayOut },
})

/** Decides what to do with a file of this name and text; never throws. */
export function classifyDropped(name: string, text: string): Dropped {
  const { drop } = messages
  if (/\.mcap$/i.test(name) || text.startsWith(MCAP_MAGIC)) return { kind: 'recording', name }
  if (!text.trim()) return refuse(drop.empty(name), drop.emptyWayOut)
  if (/^\s*[[{]/.test(text)) return classifyJson(name, text)
  if (TLE_LINE.test(text) || /\.(tle|3le|txt)$/i.test(name)) return { kind: 'elements', name, text }
  return refuse(drop.unknown(name), drop.unknownWayOut)
}

function classifyJson(name: string, text: string): Dropped {
  const { drop } = messages
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause)
    return refuse(drop.badJson(name, reason), drop.badJsonWayOut)
  }
  if (has(value, 'mission')) return { kind: 'mission', name, text }
  if (has(value, 'stations') || has(first(value), 'lat_deg'))
    return { kind: 'stations', name, text }
  const record = has(value, 'elements') ? first(value.elements) : first(value)
  if (has(record, 'MEAN_MOTION') || has(record, 'NORAD_CAT_ID') || has(record, 'line1'))
    return { kind: 'elements', name, text }
  return refuse(drop.unknown(name), drop.unknownWayOut)
}

const first = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : value)

const has = <K extends string>(value: unknown, key: K): value is Record<K, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && key in value
