/** What the mission layer and the engine process say to each other; plain data, checked by type on both sides. */
import type { Attack, ChannelConditions, Faults } from '../domain/model/conditions'
import type { Elements } from '../domain/model/elements'
import type { LogEntry } from '../domain/model/alarm'
import type { Exchange, Security } from '../domain/model/mission'
import type { PairSource, Payload } from '../domain/model/payload'
import type { Distillation, StopLayer } from '../domain/model/report'
import type { Receiver, Station } from '../domain/model/station'
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

/** What every contact needs to be flown; nothing of it is secret. */
interface CommonPlan {
  contactId: string
  seed: number
  exchange: Exchange
  security: Security
  times: ContactTimes
  /** Mission seconds per wall second, or as fast as the machine can. */
  speed: number | 'max'
  channel: ChannelConditions
  faults: Faults
  /** Drills that concern this contact. */
  attacks: Attack[]
}

/** Weak pulses from a satellite to one station. */
export interface DownlinkPlan extends CommonPlan {
  kind: 'downlink'
  elements: Elements
  payload: Payload
  station: Station
}

/** Weak pulses through one fibre; `exchangeFrom_ms` to `exchangeTo_ms` is how long it runs. */
export interface FibrePlan extends CommonPlan {
  kind: 'fibre'
  payload: Payload
  receiver: Receiver
  length_km: number
  attenuation_dB_km: number
}

/** Entangled pairs: one photon to the first station, the other to the second, or measured on board. */
export interface PairPlan extends CommonPlan {
  kind: 'pair'
  elements: Elements
  source: PairSource
  /** Alice's end: a station, or null for the detectors on board. */
  alice: Station | null
  bob: Station
}

export type FlightPlan = DownlinkPlan | FibrePlan | PairPlan

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
  | {
      kind: 'ended'
      outcome: 'complete' | 'aborted' | 'failed'
      reason?: string
      layer?: StopLayer
    }
