/** Topics of a recording and the JSON schemas of their messages, so that other MCAP tools read them. */
import { statuses } from '../domain/model/alarm'
import { telemetryColumns } from '../domain/model/telemetry'

const number = { type: 'number' }
const text = { type: 'string' }
const bits = { type: 'integer', minimum: 0 }

const telemetryProperties = Object.fromEntries(
  Object.entries(telemetryColumns).map(([name, origin]) => [
    name,
    {
      type: ['number', 'null'],
      description: `${origin}; the unit ends the name; null is no value`,
    },
  ]),
)

function object(title: string, properties: Record<string, object>, required: string[]) {
  const dialect = 'https://json-schema.org/draft/2020-12/schema'
  return { $schema: dialect, title, type: 'object', properties, required }
}

const headProperties = {
  contactId: text,
  mission: text,
  seed: { type: 'integer' },
  satellite: { type: 'integer' },
  station: text,
  aos_utc: { ...text, format: 'date-time' },
  tca_utc: { ...text, format: 'date-time' },
  los_utc: { ...text, format: 'date-time' },
  exchange_from_utc: text,
  exchange_to_utc: text,
  simulated: { type: 'boolean' },
  resolved: { type: 'object' },
}

const reportProperties = {
  id: text,
  satellite: { type: 'integer' },
  station: text,
  detections: bits,
  sifted_bits: bits,
  key_bits_in: bits,
  qber: { type: ['number', 'null'] },
  leak_bits: number,
  verified: { type: 'boolean' },
  secret_bits: bits,
  epsilon: number,
  proof: text,
  counts: { type: 'object' },
  errors: { type: 'object' },
  terms: { type: 'object' },
}

const channelProperties = {
  utc_ms: { type: ['number', 'null'] },
  seq: { type: 'integer' },
  direction: { enum: ['alice-to-bob', 'bob-to-alice'] },
  phase: text,
  kind: text,
  bytes: { type: 'integer', minimum: 0 },
  sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
}

const logProperties = {
  utc_ms: { type: ['number', 'null'] },
  text,
  status: { enum: statuses },
}

export interface Topic {
  topic: string
  /** Absent for bytes without a schema. */
  schema?: object
  encoding: 'json' | 'application/octet-stream'
}

/** Every topic, in the order of its channel id; message by message in mission time. */
export const topics = {
  head: {
    topic: '/head',
    encoding: 'json',
    schema: object('RecordingHead', headProperties, ['contactId', 'mission', 'resolved']),
  },
  telemetry: {
    topic: '/telemetry',
    encoding: 'json',
    schema: object('TelemetryRow', telemetryProperties, Object.keys(telemetryProperties)),
  },
  log: {
    topic: '/log',
    encoding: 'json',
    schema: object('LogEntry', logProperties, ['utc_ms', 'text']),
  },
  channel: {
    topic: '/channel',
    encoding: 'json',
    schema: object('ChannelMessage', channelProperties, Object.keys(channelProperties)),
  },
  payload: { topic: '/channel/payload', encoding: 'application/octet-stream' },
  report: {
    topic: '/report',
    encoding: 'json',
    schema: object('PassReport', reportProperties, ['id', 'counts', 'errors', 'proof']),
  },
} as const satisfies Record<string, Topic>

export type TopicName = keyof typeof topics
