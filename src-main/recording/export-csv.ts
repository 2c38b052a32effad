/** A recording as CSV (RFC 4180): units in the headers, times as ISO 8601 UTC, no value left empty. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Recording } from '../domain/model/recording'
import { phases, telemetryColumns, type TelemetryColumn } from '../domain/model/telemetry'
import { formatUtc } from '../domain/model/time'
import { makeFolders } from './make-folders'
import { RecordingError } from './recording-error'

const LAST_DATE_MS = 8.64e15
const lights = ['sunlit', 'penumbra', 'umbra'] as const

const utc = (utc_ms: number): string => (Math.abs(utc_ms) <= LAST_DATE_MS ? formatUtc(utc_ms) : '')
const field = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
const table = (rows: string[][]): string =>
  rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')

const headers: Partial<Record<TelemetryColumn, string>> = { utc_ms: 'utc' }

function cell(column: TelemetryColumn, value: number): string {
  if (column === 'utc_ms') return utc(value)
  if (column === 'phase') return phases[value] ?? ''
  if (column === 'satellite_light') return lights[value] ?? ''
  return Number.isFinite(value) ? String(value) : ''
}

/** The telemetry, one line a second. */
export function telemetryCsv({ telemetry }: Pick<Recording, 'telemetry'>): string {
  const columns = Object.keys(telemetryColumns) as TelemetryColumn[]
  const lines = Array.from(telemetry.utc_ms, (_, i) =>
    columns.map((column) => cell(column, telemetry[column][i] ?? NaN)),
  )
  return table([columns.map((column) => headers[column] ?? column), ...lines])
}

/** The log. */
export const logCsv = ({ log }: Pick<Recording, 'log'>): string =>
  table([
    ['utc', 'status', 'text'],
    ...log.map(({ utc_ms, status, text }) => [utc(utc_ms), status ?? '', text]),
  ])

/**
 * Writes `telemetry.csv` and `log.csv` into a folder, which is made when it is missing.
 * @returns their paths. @throws RecordingError when the folder cannot be written.
 */
export function exportCsv(recording: Recording, folder: string): string[] {
  const files = [
    [join(folder, 'telemetry.csv'), telemetryCsv(recording)],
    [join(folder, 'log.csv'), logCsv(recording)],
  ] as const
  try {
    makeFolders(folder)
    for (const [path, text] of files) writeFileSync(path, text)
  } catch (cause) {
    throw new RecordingError(
      `Exporting to ${folder}: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'Choose a folder that can be written.',
      { cause },
    )
  }
  return files.map(([path]) => path)
}
