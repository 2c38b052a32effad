/** What a party's worker is given at its start: public parameters, its own start key, its own ports. */
import type { MessagePort } from 'node:worker_threads'
import type { Protocol, Security } from '../domain/model/mission'
import type { Payload } from '../domain/model/payload'
import type { Receiver } from '../domain/model/station'
import type { Counts, Distillation, StopLayer } from '../domain/model/report'

/** Public parameters, agreed in the phase `start`. */
export interface PublicParameters {
  contactId: string
  payload: Pick<
    Payload,
    | 'id'
    | 'pulse_rate_Hz'
    | 'intensities'
    | 'probabilities'
    | 'basis_x_probability'
    | 'sync_rate_Hz'
    | 'polarisation_error'
  >
  security: Security
  protocol: Protocol
  /** How errors are corrected and why, settled before the exchange. */
  reconciliation: { method: 'cascade' | 'ldpc'; why: string }
  /** Instant at which pulse 0 leaves the satellite. */
  epoch_ms: number
}

export interface PartyStart {
  parameters: PublicParameters
  startKey: Uint8Array
  /** The classical channel. */
  channel: MessagePort
  /** Alice: the world's preparation requests. Bob: time tags. */
  device: MessagePort
  /** How long to wait for the other side, wall ms. */
  patience_ms: number
}

export interface BobStart extends PartyStart {
  receiver: Pick<Receiver, 'gate_ns' | 'dead_time_ns'>
  /** Pulses of the exchange window; later ones are not announced. */
  pulses: number
  /** Predicted time of flight from the ephemeris on a 1 s grid from the epoch. */
  flight: { range_m: Float64Array; rangeRate_m_s: Float64Array }
}

/** Engine -> either party: give up, and overwrite what you hold. */
export interface StopControl {
  kind: 'stop'
  reason: string
}

/** Engine -> Bob. */
export type BobControl =
  | StopControl
  | { kind: 'held'; held: boolean }
  /** The exchange window is over. */
  | { kind: 'finish' }

/** Public figures of one second, for telemetry. */
export interface SlotStatus {
  slot: number
  /** Bob's receiver was closed: nothing of this second is used. */
  held: boolean
  tags: number
  detections: number
  announced: Counts
  sifted_bits: number
  sample_bits: number
  sample_errors: number
  sync_residual_ns: number
  /** Running counts by basis and intensity. */
  kept: { x: Counts; z: Counts }
  error_rate: number
}

/** Party -> engine. */
export type PartyReport =
  | { kind: 'slot'; status: SlotStatus }
  | { kind: 'phase-closed'; phase: string; text: string }
  | { kind: 'key'; key: Uint8Array; length_bits: number }
  | { kind: 'distilled'; figures: PartyFigures }
  /** `layer`: what stopped it, when a layer did. */
  | { kind: 'failed'; reason: string; layer?: StopLayer }
  /** The last word, however it ended: the party's key material is overwritten. */
  | { kind: 'erased' }

export type PartyFigures = Omit<
  Distillation,
  'messages' | 'channel_bytes' | 'round_trips' | 'pulses_sent' | 'exchange_s'
>
