/** What reading one record of an element file yields: elements, or every reason against it. */
import type { Elements } from '../model/elements'

export type Reading = { elements: Elements } | { reasons: string[] }

/** A record on its way in: where it stands in the file and what was read there. */
export interface ReadRecord {
  /** Place and, when readable, name, as the user finds it again. */
  record: string
  reading: Reading
}
