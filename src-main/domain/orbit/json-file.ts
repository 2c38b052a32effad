/** Element sets in a JSON file: one OMM, an array, or `{"elements":[…]}` of OMMs or TLE line pairs. */
import { brokenJsonReason } from '../model/json-place'
import { readOmm, type JsonObject } from './omm-json'
import type { Reading, ReadRecord } from './reading'
import { readTle } from './tle'

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A catalogue record keeps its message under `elements`; a TLE pair may carry a name. */
function readEntry(entry: unknown, fallbackName: string): Reading {
  if (!isObject(entry)) return { reasons: ['it is not an object with OMM fields or TLE lines'] }
  if (isObject(entry.elements)) return readOmm(entry.elements)
  if ('line1' in entry || 'line2' in entry) {
    const name = text(entry.name) || fallbackName
    return readTle(text(entry.line1).trimEnd(), text(entry.line2).trimEnd(), name)
  }
  return readOmm(entry)
}

function labelOf(entry: unknown, index: number): string {
  const known = isObject(entry) ? (isObject(entry.elements) ? entry.elements : entry) : {}
  const id = known.NORAD_CAT_ID
  const name = text(known.OBJECT_NAME) || text(known.name) || text(known.line1).slice(2, 7).trim()
  const label = name || (typeof id === 'number' || typeof id === 'string' ? String(id) : '')
  return `record ${index + 1}${label ? ` (${label})` : ''}`
}

function entriesOf(document: unknown): { entries: unknown[]; name: string } {
  if (Array.isArray(document)) return { entries: document, name: '' }
  if (!isObject(document) || !Array.isArray(document.elements))
    return { entries: [document], name: '' }
  const satellite = isObject(document.satellite) ? text(document.satellite.name) : ''
  return { entries: document.elements, name: satellite }
}

/**
 * Reads every element set of a JSON text. Never throws.
 * @returns one reading per entry; broken JSON is one refused record that names the place.
 */
export function readJsonFile(source: string, fileName: string): ReadRecord[] {
  let document: unknown
  try {
    document = JSON.parse(source)
  } catch {
    return [{ record: fileName, reading: { reasons: [brokenJsonReason(source)] } }]
  }
  const { entries, name } = entriesOf(document)
  return entries.map((entry, index) => ({
    record: labelOf(entry, index),
    reading: readEntry(entry, name),
  }))
}
