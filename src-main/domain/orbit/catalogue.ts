/** The shipped catalogue of element sets: `{"records":[{id, source, reentry_utc, alias, elements: OMM}]}`. */
import { z } from 'zod'
import type { ElementsRecord } from '../model/elements'
import { readOmm } from './omm-json'

const catalogueSchema = z.object({
  records: z.array(
    z.object({
      id: z.string().min(1),
      source: z.string(),
      reentry_utc: z.string().optional(),
      alias: z.string().optional(),
      elements: z.record(z.string(), z.unknown()),
    }),
  ),
})

/**
 * Reads a catalogue document.
 * @throws Error that names the record and what is wrong: a shipped catalogue is right or the build is not
 */
export function elementsCatalogue(json: unknown): ElementsRecord[] {
  return catalogueSchema.parse(json).records.map(({ elements: message, ...record }) => {
    const reading = readOmm(message)
    if ('elements' in reading) return { ...record, elements: reading.elements }
    throw new Error(
      `reading the elements catalogue, record ${record.id}: ${reading.reasons.join('; ')}`,
    )
  })
}

/** Catalogue number -> re-entry date, of every record that knows one; the earliest counts. */
export function knownReentries(records: ElementsRecord[]): Map<number, string> {
  const found = new Map<number, string>()
  for (const { elements, reentry_utc } of records) {
    const known = found.get(elements.noradId)
    if (reentry_utc && (!known || reentry_utc < known)) found.set(elements.noradId, reentry_utc)
  }
  return found
}
