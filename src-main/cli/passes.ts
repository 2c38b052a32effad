/** `micius passes`: element and station files in, the contract's passes document out. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseStations, type StationDefaults } from '../domain/model/import-stations'
import type { Station } from '../domain/model/station'
import { parseUtc } from '../domain/model/time'
import { radians } from '../domain/model/units'
import { elementsCatalogue, knownReentries } from '../domain/orbit/catalogue'
import { importElements } from '../domain/orbit/import-elements'
import { searchPasses, type PassesDocument } from '../domain/orbit/pass-document'
import { passesTable } from './passes-table'
import { projectDir } from './project-dir'
import { UsageError } from './usage'

const HELP = `micius passes --elements FILE --stations FILE [--station ID …] --from ISO --to ISO
              [--min-elevation DEG] [--json]

Finds every pass whose highest point lies in [from, to).

  --elements FILE       OMM as JSON, TLE or 3LE, any number of objects
  --stations FILE       JSON array, or {"stations":[…]} with id, name, lat_deg, lon_deg, alt_m
  --station ID          only this station; may be given more than once
  --from ISO, --to ISO  UTC, such as 2016-12-19T00:00:00Z
  --min-elevation DEG   rise and set are where this elevation is crossed (default 10)
  --json                print the document as JSON
  --help                print this
`

const OPTIONS = {
  elements: { type: 'string' },
  stations: { type: 'string' },
  station: { type: 'string', multiple: true },
  from: { type: 'string' },
  to: { type: 'string' },
  'min-elevation': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

const MAX_WINDOW_DAYS = 366
const DAY_MS = 86_400_000

function readInput(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`
    throw new UsageError(`${option} is "${path}": ${why}, give a readable file`)
  }
}

const shipped = (path: string): unknown =>
  JSON.parse(readFileSync(join(projectDir(), 'resources', path), 'utf8')) as unknown

function readArguments(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, strict: true }).values
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${message.split('\n')[0]} (see micius passes --help)`)
  }
}
type Arguments = ReturnType<typeof readArguments>

function need(values: Arguments, name: 'elements' | 'stations' | 'from' | 'to'): string {
  const value = values[name]
  if (value === undefined) throw new UsageError(`--${name} is missing (see micius passes --help)`)
  return value
}

function readInstant(values: Arguments, name: 'from' | 'to'): number {
  const text = need(values, name)
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text
  const utc_ms = parseUtc(day)
  if (Number.isNaN(utc_ms))
    throw new UsageError(`--${name} is "${text}", it must be UTC such as 2016-12-19T00:00:00Z`)
  return utc_ms
}

function readWindow(values: Arguments): { from_ms: number; to_ms: number } {
  const [from_ms, to_ms] = [readInstant(values, 'from'), readInstant(values, 'to')]
  if (from_ms >= to_ms)
    throw new UsageError(`--to is "${values.to}", it must be later than --from "${values.from}"`)
  if (to_ms - from_ms > MAX_WINDOW_DAYS * DAY_MS)
    throw new UsageError(
      `--to is "${values.to}", it must be within ${MAX_WINDOW_DAYS} days of --from`,
    )
  return { from_ms, to_ms }
}

function readMask_rad(values: Arguments): number {
  const text = values['min-elevation'] ?? '10'
  const mask_deg = text.trim() === '' ? NaN : Number(text)
  if (!(mask_deg >= 0 && mask_deg < 90))
    throw new UsageError(`--min-elevation is "${text}", it must be 0 to below 90 degrees`)
  return radians(mask_deg)
}

function chooseStations(all: Station[], ids: string[] | undefined, fileName: string): Station[] {
  if (!ids) return all
  return [...new Set(ids)].map((id) => {
    const found = all.find((station) => station.id === id)
    if (found) return found
    const known = all.map((station) => station.id).join(', ') || 'none'
    throw new UsageError(`--station is "${id}", ${fileName} has: ${known}`)
  })
}

function readStations(values: Arguments): Station[] {
  const fileName = need(values, 'stations')
  const defaults = shipped('stations/default-station.json') as StationDefaults
  const found = parseStations(readInput('--stations', fileName), fileName, defaults)
  const refusals = found.rejected.map(({ record, reason }) =>
    record === fileName ? `${fileName}: ${reason}` : `${fileName}: ${record}: ${reason}`,
  )
  if (found.accepted.length === 0) throw new UsageError(refusals.join('; '))
  for (const line of [...refusals, ...found.warnings]) warn(line)
  return chooseStations(found.accepted, values.station, fileName)
}

const warn = (line: string): void => {
  process.stderr.write(`micius passes: ${line.replace(/\s*\n\s*/g, ' ')}\n`)
}

/** Resolves when the text has left the process, so that a following exit does not cut it off. */
const print = (text: string): Promise<void> =>
  new Promise((resolve) => process.stdout.write(text, () => resolve()))

function search(values: Arguments): PassesDocument {
  const elementsFile = need(values, 'elements')
  const window = readWindow(values)
  const minElevation_rad = readMask_rad(values)
  const stations = readStations(values)
  const imported = importElements(readInput('--elements', elementsFile), elementsFile)
  const reentries = knownReentries(elementsCatalogue(shipped('elements/micius.json')))
  return searchPasses({ ...window, imported, stations, minElevation_rad, reentries })
}

async function run(values: Arguments): Promise<number> {
  const { notices, ...document } = search(values)
  for (const notice of notices) warn(`${notice.text}; ${notice.wayOut}`)
  await print(values.json ? `${JSON.stringify(document, null, 1)}\n` : passesTable(document))
  if (document.satellites.length > 0) return 0
  const refusals = document.rejected.map(({ record, reason }) => `${record}: ${reason}`)
  warn(`no element set of ${values.elements} can be used: ${refusals.join('; ')}`)
  return 2
}

/**
 * Runs `micius passes` with the arguments after the command's name.
 * @returns the exit code: 0 done, 2 bad usage or no usable element set
 */
export async function passesCommand(argv: string[]): Promise<number> {
  try {
    const values = readArguments(argv)
    if (!values.help) return await run(values)
    await print(HELP)
    return 0
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    warn(error.message)
    return 2
  }
}
