/** Shipped and imported records: elements, stations, payloads. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ElementsRecord, Rejected } from '../domain/model/elements'
import { parseStations, type StationDefaults } from '../domain/model/import-stations'
import type { Catalogue, Imported } from '../domain/model/ipc'
import {
  pairSourceSchema,
  payloadSchema,
  type PairSource,
  type Payload,
} from '../domain/model/payload'
import { stationSchema, type Station } from '../domain/model/station'
import { formatUtc } from '../domain/model/time'
import { elementsCatalogue, knownReentries } from '../domain/orbit/catalogue'
import { importElements } from '../domain/orbit/import-elements'
import { MissionError } from './desk'

export class CatalogueStore {
  private readonly elements: ElementsRecord[]
  private readonly stations: Station[]
  private readonly payloads: (Payload | PairSource)[]
  private readonly reentries: Map<number, string>
  private readonly stationDefaults: StationDefaults

  /** @throws MissionError when a shipped record cannot be read: the installation is damaged. */
  constructor(resourcesDir: string) {
    this.elements = readdirSync(join(resourcesDir, 'elements'))
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => elementsCatalogue(readJson(join(resourcesDir, 'elements', name))))
    this.stations = records(join(resourcesDir, 'stations/stations.json'), stationSchema)
    const source = z.union([payloadSchema, pairSourceSchema])
    this.payloads = records(join(resourcesDir, 'payloads/payloads.json'), source)
    this.stationDefaults = readDefaults(join(resourcesDir, 'stations/default-station.json'))
    this.reentries = knownReentries(this.elements)
  }

  /** Shipped and imported records. */
  view(): Catalogue {
    return {
      elements: [...this.elements],
      stations: [...this.stations],
      payloads: [...this.payloads],
      stationDefaults: this.stationDefaults,
    }
  }

  /** Adds the good records of an elements file; a satellite known to have re-entered keeps its date. */
  importElements(name: string, text: string): Imported {
    const { accepted, rejected } = importElements(text, name)
    const ids = accepted.map((elements) => {
      const id = `${elements.noradId}-${formatUtc(elements.epoch_ms)}`
      const reentry_utc = this.reentries.get(elements.noradId)
      const alias = this.elements.find((r) => r.elements.noradId === elements.noradId)?.alias
      const known = { ...(reentry_utc ? { reentry_utc } : {}), ...(alias ? { alias } : {}) }
      replace(this.elements, { id, elements, source: name, ...known })
      return id
    })
    return this.imported(ids, rejected)
  }

  /** Adds the good records of a stations file; a station already known is replaced. */
  importStations(name: string, text: string): Imported {
    const { accepted, rejected } = parseStations(text, name, this.stationDefaults)
    for (const station of accepted) replace(this.stations, station)
    return this.imported(
      accepted.map(({ id }) => id),
      rejected,
    )
  }

  private imported(accepted: string[], rejected: Rejected[]): Imported {
    return { accepted, rejected, catalogue: this.view() }
  }
}

/** Receiver and site that an imported station without its own gets. */
function readDefaults(path: string): StationDefaults {
  const parsed = stationSchema.pick({ receiver: true, site: true }).safeParse(readJson(path))
  if (parsed.success) return parsed.data
  throw damaged(path, parsed.error.issues[0].message)
}

function replace<T extends { id: string }>(records: T[], record: T): void {
  const at = records.findIndex(({ id }) => id === record.id)
  if (at >= 0) records[at] = record
  else records.push(record)
}

function records<S extends z.ZodType<{ id: string }>>(path: string, schema: S): z.infer<S>[] {
  const parsed = z.array(schema).safeParse(readJson(path))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw damaged(path, `${issue.path.join('.')}: ${issue.message}`)
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch (error) {
    throw damaged(path, error instanceof Error ? error.message : String(error))
  }
}

const damaged = (what: string, why: string): MissionError =>
  new MissionError({
    severity: 'critical',
    text: `Reading the shipped record ${what} failed: ${why}.`,
    wayOut: 'The installation is damaged; install the application again.',
  })
