/** What a reader gives of a recorded pass; the replay workspace shows it with the live components. */
import type { LogEntry } from './alarm'
import type { Payload } from './payload'
import type { PassReport } from './report'
import type { ResolvedMission } from './resolved-mission'
import type { TelemetryColumns } from './telemetry'

export interface RecordingSummary {
  path: string
  channels: { topic: string; messages: number; encoding: string }[]
  messages: number
  from_utc: string
  to_utc: string
  /** False when the file was cut off and its end was rebuilt from what is there. */
  complete: boolean
}

/** The head of a recording: what was about to be flown. */
export interface RecordingHead {
  contactId: string
  mission: string
  seed: number
  satellite: number
  station: string
  aos_utc: string
  tca_utc: string
  los_utc: string
  exchange_from_utc: string
  exchange_to_utc: string
  simulated: boolean
  /** What was sent, where it is not the satellite's own (fibre). */
  source?: Payload
  /** Records used, for replay beside prediction. */
  resolved: ResolvedMission
}

export interface Recording {
  summary: RecordingSummary
  head: RecordingHead
  telemetry: TelemetryColumns
  log: LogEntry[]
  /** Absent when the recording ends before the key was distilled. */
  report?: PassReport
}
