/**
 * Station files in: a bare JSON array or `{"stations":[…]}`.
 * Only id, name, lat_deg, lon_deg and alt_m are required; what a record leaves out of receiver and
 * site is filled from a default record, and its `sources` say so. One bad record never costs the others.
 */
import type { Rejected } from './elements'
import { brokenJsonReason } from './json-place'
import { stationSchema, type Receiver, type Site, type Station } from './station'

/** What fills the gaps of a station record, with the source of each number by `receiver.gate_ns`. */
export interface StationDefaults {
  receiver: Receiver
  site: Site
  sources?: Record<string, string>
}

export interface StationImport {
  accepted: Station[]
  rejected: Rejected[]
  warnings: string[]
}

type JsonObject = Record<string, unknown>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Fields that describe a station to people; read where they have a place, else passed over. */
const DESCRIPTIVE = ['role', 'source', 'provenance', 'confidence', 'note']
const KNOWN = [...Object.keys(stationSchema.shape), 'aperture_m', ...DESCRIPTIVE]

function parseJson(text: string): { document: unknown } | { reason: string } {
  if (text.trim() === '') return { reason: 'the file is empty' }
  const bare = text.replace(/^\uFEFF/, '')
  try {
    return { document: JSON.parse(bare) }
  } catch {
    return { reason: brokenJsonReason(bare) }
  }
}

function entriesOf(document: unknown): unknown[] | null {
  if (Array.isArray(document)) return document
  return isObject(document) && Array.isArray(document.stations) ? document.stations : null
}

/** Bounds in words for a reason, since a bare limit does not tell metres from kilometres. */
const RIGHT: Record<string, string> = {
  id: 'a short name without blanks at its ends',
  name: 'a text',
  lat_deg: 'a number from -90 to 90 degrees, north positive',
  lon_deg: 'a number from -180 to 360 degrees, east positive',
  alt_m: 'a number from -500 to 9000 metres above the ellipsoid',
}

function valueAt(record: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isObject(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined),
    record,
  )
}

function fill(record: JsonObject, defaults: StationDefaults): JsonObject {
  const receiver = isObject(record.receiver) ? record.receiver : {}
  const site = isObject(record.site) ? record.site : {}
  const aperture = typeof record.aperture_m === 'number' ? { aperture_m: record.aperture_m } : {}
  const given = isObject(record.sources) ? record.sources : {}
  const position = typeof record.source === 'string' ? { position: record.source } : {}
  return {
    ...record,
    receiver: { ...defaults.receiver, ...aperture, ...receiver },
    site: { ...defaults.site, ...site },
    sources: { ...defaultSources(record, defaults), ...position, ...given },
  }
}

/** The sources of those defaults that the record did not replace. */
function defaultSources(record: JsonObject, defaults: StationDefaults): Record<string, string> {
  const kept = Object.entries(defaults.sources ?? {}).filter(([path]) => {
    const own = path === 'receiver.aperture_m' && typeof record.aperture_m === 'number'
    return !own && valueAt(record, path.split('.')) === undefined
  })
  return Object.fromEntries(kept.map(([path, source]) => [path, `default: ${source}`]))
}

function readStation(entry: unknown, defaults: StationDefaults): Station | string {
  if (!isObject(entry)) return 'it is not an object with id, name, lat_deg, lon_deg and alt_m'
  const found = stationSchema.safeParse(fill(entry, defaults))
  if (found.success) return found.data
  return found.error.issues
    .map((issue) => {
      const path = issue.path.join('.')
      const value = valueAt(entry, issue.path)
      const is = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`
      return `${path} ${is}, it must be ${RIGHT[path] ?? `right: ${issue.message}`}`
    })
    .join('; ')
}

/** Names each key that nothing reads, once for the file. */
function unknownKeys(entries: unknown[], fileName: string): string[] {
  const counts = new Map<string, number>()
  for (const entry of entries.filter(isObject))
    for (const key of Object.keys(entry))
      if (!KNOWN.includes(key)) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts].map(([key, n]) => `${fileName}: field "${key}" is not known, ignored (${n}x)`)
}

function labelOf(entry: unknown, index: number): string {
  const id = isObject(entry) && typeof entry.id === 'string' ? ` (${entry.id})` : ''
  return `station ${index + 1}${id}`
}

/**
 * Reads a station file. Never throws.
 * @param text the file's content
 * @param fileName names the file in reasons and warnings
 * @param defaults fill receiver and site where a record leaves them out
 */
export function parseStations(
  text: string,
  fileName: string,
  defaults: StationDefaults,
): StationImport {
  const refuse = (reason: string): StationImport => ({
    accepted: [],
    rejected: [{ record: fileName, reason }],
    warnings: [],
  })
  const parsed = parseJson(text)
  if ('reason' in parsed) return refuse(parsed.reason)
  const entries = entriesOf(parsed.document)
  if (!entries) return refuse('it must be a JSON array or {"stations":[…]}')
  if (entries.length === 0) return refuse('it holds no station')
  return readEntries(entries, fileName, defaults)
}

function readEntries(
  entries: unknown[],
  fileName: string,
  defaults: StationDefaults,
): StationImport {
  const warnings = unknownKeys(entries, fileName)
  const result: StationImport = { accepted: [], rejected: [], warnings }
  entries.forEach((entry, index) => {
    const station = readStation(entry, defaults)
    const record = labelOf(entry, index)
    if (typeof station === 'string') result.rejected.push({ record, reason: station })
    else if (result.accepted.some((known) => known.id === station.id))
      result.rejected.push({ record, reason: `id "${station.id}" is already taken in this file` })
    else result.accepted.push(station)
  })
  return result
}
