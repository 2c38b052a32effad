/**
 * Element files in: OMM JSON, TLE and 3LE, told apart by their content.
 * Every record is accepted or refused with a reason; one bad record never costs the others.
 */
import type { Elements, ImportResult } from '../model/elements'
import { readJsonFile } from './json-file'
import type { ReadRecord } from './reading'
import { readTleFile } from './tle-file'

const READ_HERE = 'read are OMM as JSON, TLE and 3LE'

/** Names a format that is recognised but not read here; null when the text may be a TLE file. */
function foreignFormat(text: string): string | null {
  if (text.startsWith('<')) return 'XML'
  if (/^\s*(CCSDS_OMM_VERS|OBJECT_NAME|EPOCH)\s*=/m.test(text)) return 'KVN'
  const head = text.split('\n', 1)[0] ?? ''
  return head.includes(',') && /MEAN_MOTION|NORAD_CAT_ID/.test(head) ? 'CSV' : null
}

function readRecords(text: string, fileName: string): ReadRecord[] {
  const refuse = (reason: string): ReadRecord[] => [
    { record: fileName, reading: { reasons: [reason] } },
  ]
  const start = text.trimStart().charAt(0)
  if (start === '') return refuse('the file is empty')
  if (start === '{' || start === '[') {
    const records = readJsonFile(text, fileName)
    return records.length > 0 ? records : refuse('the JSON holds no element set')
  }
  const foreign = foreignFormat(text.trimStart())
  if (foreign) return refuse(`${foreign} is not read; ${READ_HERE}`)
  const records = readTleFile(text)
  return records.length > 0 ? records : refuse(`no element set is found; ${READ_HERE}`)
}

/** Two spellings of one set agree to far better than either format prints. */
function setKey(elements: Elements): string {
  const { noradId, epoch_ms, meanMotion_rad_s, meanAnomaly_rad, raan_rad } = elements
  const values = [meanMotion_rad_s * 1e3, meanAnomaly_rad, raan_rad].map((v) => v.toFixed(7))
  return [noradId, epoch_ms.toFixed(2), ...values].join('|')
}

/**
 * Reads an element file of any number of objects. Never throws.
 * @param text the file's content
 * @param fileName names the file in a reason that concerns all of it
 * @returns the sets in the file's order, a repeated set once, and every refused record
 */
export function importElements(text: string, fileName: string): ImportResult<Elements> {
  const result: ImportResult<Elements> = { accepted: [], rejected: [] }
  const seen = new Set<string>()
  for (const { record, reading } of readRecords(text.replace(/^\uFEFF/, ''), fileName)) {
    if ('reasons' in reading) {
      result.rejected.push({ record, reason: reading.reasons.join('; ') })
    } else if (!seen.has(setKey(reading.elements))) {
      seen.add(setKey(reading.elements))
      result.accepted.push(reading.elements)
    }
  }
  return result
}
