/** What the mission layer and the engine process say to each other; plain data, checked by type on both sides. */
import type { Elements } from '../domain/model/elements'
import type { LogEntry } from '../domain/model/alarm'
import type { Exchange, Security } from '../domain/model/mission'
import type { Payload } from '../domain/model/payload'
import type { Distillation } from '../domain/model/report'
import type { Station } from '../domain/model/station'
import type { Phase, TelemetryBatch } from '../domain/model/telemetry'

/** Instants of one contact, POSIX ms UTC. */
export interface ContactTimes {
  start_ms: number
  aos_ms: number
  exchangeFrom_ms: number
  tca_ms: number
  exchangeTo_ms: number
  los_ms: number
}

/** All that is needed to fly one contact; nothing of it is secret. */
export interface FlightPlan {
  contactId: string
  seed: number
  elements: Elements
  payload: Payload
  station: Station
  exchange: Exchange
  security: Security
  times: ContactTimes
  /** Mission seconds per wall second, or as fast as the machine can. */
  speed: number | 'max'
}

export type Party = 'alice' | 'bob'
export type Direction = 'alice-to-bob' | 'bob-to-alice'

export type EngineCommand =
  /** One message a party, so that no message holds what both know. */
  | { kind: 'provision'; party: Party; startKey: Uint8Array }
  | { kind: 'fly'; plan: FlightPlan }
  | { kind: 'hold' }
  | { kind: 'resume' }
  | { kind: 'abort' }
  | { kind: 'speed'; speed: number | 'max' }

/** One message of the classical channel, as the recorder keeps it. */
export interface ChannelRecord {
  utc_ms: number
  seq: number
  direction: Direction
  phase: string
  message: string
  payload: Uint8Array
}

export type EngineEvent =
  /** The exchange is about to begin: until now no authentication key was needed, and none is here. */
  | { kind: 'keys-wanted' }
  | { kind: 'phase'; phase: Phase; utc_ms: number }
  | { kind: 'held'; held: boolean; utc_ms: number }
  | { kind: 'telemetry'; batch: TelemetryBatch }
  | { kind: 'log'; entry: LogEntry }
  | { kind: 'channel'; record: ChannelRecord }
  /** Key material of one party, for its own end of the ledger. */
  | { kind: 'key'; party: Party; key: Uint8Array; length_bits: number }
  | { kind: 'distilled'; distillation: Distillation }
  | { kind: 'ended'; outcome: 'complete' | 'aborted' | 'failed'; reason?: string }
