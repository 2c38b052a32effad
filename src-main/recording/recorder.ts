/**
 * Records a pass while it is flown: every telemetry row, log line and channel message, in chunks closed at
 * the latest after 250 ms of wall clock or one second of mission time.
 */
import { createHash } from 'node:crypto'
import type { LogEntry } from '../domain/model/alarm'
import type { RecordingHead } from '../domain/model/recording'
import type { FibreReport, PassReport } from '../domain/model/report'
import { telemetryColumns, type TelemetryColumns } from '../domain/model/telemetry'
import { parseUtc } from '../domain/model/time'
import { LogClock } from './log-clock'
import { McapFile } from './mcap-file'
import { topics, type Topic, type TopicName } from './schemas'

const LIBRARY = 'micius-mission-control'
const FLUSH_WALL_MS = 250
const FLUSH_MISSION_NS = 1_000_000_000n
const FLUSH_BYTES = 2 ** 20
const SYNC_WALL_MS = 2000

const columnNames = Object.keys(telemetryColumns) as (keyof TelemetryColumns)[]
const topicNames = Object.keys(topics) as TopicName[]
const channelIds = Object.fromEntries(topicNames.map((name, i) => [name, i + 1])) as Record<
  TopicName,
  number
>

/** One message on the classical channel, as the engine hands it in. */
export interface RecordedChannelMessage {
  utc_ms: number
  seq: number
  direction: 'alice-to-bob' | 'bob-to-alice'
  phase: string
  kind: string
  payload: Uint8Array
}

function declarations() {
  const listed = topicNames.map((name) => ({ id: channelIds[name], ...(topics[name] as Topic) }))
  const schemas = listed.flatMap(({ id, topic, schema }) =>
    schema ? [{ id, name: topic, encoding: 'jsonschema', data: encode(schema) }] : [],
  )
  const channels = listed.map(({ id, topic, schema, encoding }) => ({
    ...{ id, topic, schemaId: schema ? id : 0, messageEncoding: encoding },
    metadata: new Map<string, string>(),
  }))
  return { schemas, channels }
}

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

export class PassRecorder {
  private readonly sequences = new Map<TopicName, number>()
  private chunkStart_ns = 0n
  private newest_ns = 0n
  private synced_ms = performance.now()
  private timer: NodeJS.Timeout | undefined
  private open = true
  /** What a write between two messages failed with; told at the next message. */
  private failure: Error | undefined

  private constructor(
    private readonly file: McapFile,
    private readonly clock: LogClock,
  ) {}

  /** Starts a recording; an existing file of that path is replaced. @throws RecordingError. */
  static open(path: string, head: RecordingHead): PassRecorder {
    const { schemas, channels } = declarations()
    const file = McapFile.create(path, LIBRARY, schemas, channels)
    const [aos_ms, los_ms] = [parseUtc(head.aos_utc), parseUtc(head.los_utc)]
    const recorder = new PassRecorder(file, new LogClock(aos_ms, los_ms))
    recorder.write('head', aos_ms, encode(head))
    recorder.flush()
    return recorder
  }

  /** Rows of telemetry, one message each; NaN becomes null. */
  telemetry(columns: TelemetryColumns): void {
    for (let i = 0; i < columns.utc_ms.length; i++) {
      const row = Object.fromEntries(columnNames.map((name) => [name, columns[name][i]]))
      this.write('telemetry', columns.utc_ms[i] ?? NaN, encode(row))
    }
    this.settle()
  }

  /** A line of the pass log. */
  log(entry: LogEntry): void {
    this.write('log', entry.utc_ms, encode(entry))
    this.settle()
  }

  /** A message on the classical channel: its description, then its bytes at the same log time. */
  channelMessage(message: RecordedChannelMessage): void {
    const { utc_ms, seq, direction, phase, kind, payload } = message
    const sha256 = createHash('sha256').update(payload).digest('hex')
    const described = { utc_ms, seq, direction, phase, kind, bytes: payload.length, sha256 }
    this.write('channel', utc_ms, encode(described))
    this.write('payload', utc_ms, payload)
    this.settle()
  }

  /** The pass' report; it closes a chunk at once. */
  report(report: PassReport | FibreReport): void {
    this.write('report', NaN, encode(report))
    this.flush()
  }

  /** Writes the indexes and closes the file; safe to call twice. */
  close(): void {
    if (!this.open) return
    this.open = false
    clearTimeout(this.timer)
    this.file.close()
  }

  // What arrives after the close, such as an aborted engine's last words, is not recorded.
  private write(name: TopicName, utc_ms: number, data: Uint8Array): void {
    if (!this.open) return
    if (this.failure) throw this.failure
    const time = this.clock.at(utc_ms)
    const sequence = (this.sequences.get(name) ?? -1) + 1
    this.sequences.set(name, sequence)
    if (this.file.waiting === 0) this.chunkStart_ns = time
    this.newest_ns = time
    const channelId = channelIds[name]
    this.file.add({ channelId, sequence, logTime: time, publishTime: time, data })
  }

  private settle(): void {
    const span_ns = this.newest_ns - this.chunkStart_ns
    const full = this.file.waiting_bytes >= FLUSH_BYTES
    if (full || span_ns >= FLUSH_MISSION_NS || span_ns < 0n) this.flush()
    else this.timer ??= setTimeout(() => this.flushAlone(), FLUSH_WALL_MS)
  }

  /** A timer has nobody to throw to. */
  private flushAlone(): void {
    try {
      this.flush()
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error))
    }
  }

  private flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (!this.open) return
    this.file.flush()
    if (performance.now() - this.synced_ms < SYNC_WALL_MS) return
    this.file.sync()
    this.synced_ms = performance.now()
  }
}
