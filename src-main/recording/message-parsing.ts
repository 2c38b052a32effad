/** The messages of a recording, checked as far as the readers rely on them. */
import { z } from 'zod'
import { statuses, type LogEntry } from '../domain/model/alarm'
import type { RecordingHead } from '../domain/model/recording'
import type { PassReport } from '../domain/model/report'
import {
  emptyTelemetry,
  telemetryColumns,
  type TelemetryColumn,
  type TelemetryColumns,
} from '../domain/model/telemetry'
import { RecordingError } from './recording-error'

const time = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN)
const counts = z.object({
  x: z.tuple([z.number(), z.number(), z.number()]),
  z: z.tuple([z.number(), z.number(), z.number()]),
})
const terms = z.looseObject({ leak_bits: z.number(), secret_bits: z.number() })

const headSchema = z.looseObject({
  contactId: z.string(),
  mission: z.string(),
  satellite: z.number(),
  station: z.string(),
  resolved: z.looseObject({
    satellites: z.array(z.unknown()),
    stations: z.array(z.unknown()),
    mission: z.looseObject({}),
  }),
})
const reportSchema = z.looseObject({
  id: z.string(),
  proof: z.string(),
  secret_bits: z.number(),
  counts,
  errors: counts,
  terms: z.looseObject({ x: terms, z: terms }),
})
const rowSchema = z.record(z.string(), z.number().nullable())
const logSchema = z.object({ utc_ms: time, text: z.string(), status: z.enum(statuses).optional() })
const channelSchema = z.object({ seq: z.number(), bytes: z.number(), sha256: z.string() })

function parse<T>(path: string, what: string, schema: z.ZodType<T>, data: Uint8Array): T {
  let problem: string
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(data)))
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    problem = `field ${issue?.path.join('.') || '(whole)'}: ${issue?.message ?? 'not as expected'}`
  } catch {
    problem = 'it is not JSON'
  }
  throw new RecordingError(
    `Reading the recording ${path}: a ${what} message is not this program's (${problem}).`,
    'Choose a recording (.mcap) that this program wrote.',
  )
}

/** The head message. The fields checked are those that readers use; the rest is taken as recorded. */
export const parseHead = (path: string, data: Uint8Array): RecordingHead =>
  parse(path, '/head', headSchema, data) as unknown as RecordingHead

/** The report message, checked in what a verification uses. */
export const parseReport = (path: string, data: Uint8Array): PassReport =>
  parse(path, '/report', reportSchema, data) as unknown as PassReport

/** One line of the log. */
export const parseLog = (path: string, data: Uint8Array): LogEntry => {
  const { utc_ms, text, status } = parse(path, '/log', logSchema, data)
  return status === undefined ? { utc_ms, text } : { utc_ms, text, status }
}

/** One telemetry row by column; null is NaN. */
export const parseRow = (path: string, data: Uint8Array): Record<string, number | null> =>
  parse(path, '/telemetry', rowSchema, data)

/** What a channel message says of its payload. */
export const parseChannel = (path: string, data: Uint8Array): z.infer<typeof channelSchema> =>
  parse(path, '/channel', channelSchema, data)

/** Rows as columns; a column that the recording does not have is NaN throughout. */
export function columnsOf(rows: Record<string, number | null>[]): TelemetryColumns {
  const columns = emptyTelemetry(rows.length)
  const names = Object.keys(telemetryColumns) as TelemetryColumn[]
  rows.forEach((row, i) => {
    for (const name of names) columns[name][i] = row[name] ?? NaN
  })
  return columns
}
