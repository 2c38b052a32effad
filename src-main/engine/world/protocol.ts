/** Messages of the world: what starts it, drives it, asks Alice and hands tags to Bob. Its interfaces are imported as types only. */
import type { MessagePort } from 'node:worker_threads'
import type { Payload } from '../../domain/model/payload'
import type { Station } from '../../domain/model/station'
import type { TagBatch } from '../../domain/model/tags'

/** The link along the window on a grid of one second; columns of one length. */
export interface WorldProfile {
  utc_ms: Float64Array
  range_m: Float64Array
  rangeRate_m_s: Float64Array
  /** Total including the detector, without the gate. */
  transmittance: Float64Array
  /** Detected counts of all four detectors before the gate: dark, sky and Moon. */
  background_Hz: Float64Array
}

/** Bob's tagger reads offset_s + (1 + drift) t, t seconds of true UTC since the epoch. */
export interface TaggerClock {
  offset_s: number
  /** Seconds per second. */
  drift: number
}

/** A stretch of mission time by the instants at which light leaves, seconds since the epoch. */
export interface Interval {
  from_s: number
  to_s: number
}

export const quantumAttacks = [
  'intercept-resend',
  'photon-number-splitting',
  'detector-blinding',
] as const

/** An eavesdropper on the quantum channel, at work for a while. */
export interface QuantumAttack extends Interval {
  kind: (typeof quantumAttacks)[number]
  /** Share of the photons that she touches. */
  fraction: number
}

/** What the physics needs; the worker gets the two ports beside it. */
export interface WorldSetup {
  seed: number
  payload: Payload
  /** Where the light ends: a station's receiver or a fibre's. */
  station: Pick<Station, 'receiver'>
  profile: WorldProfile
  /** Pulse 0 leaves the source then. */
  epoch_ms: number
  taggerClock: TaggerClock
  /** Share of the synchronisation pulses that never arrive; none when absent. */
  lostSync?: number
  /** Light of these stretches never arrives; background does. */
  clouds?: Interval[]
  /** Where two overlap, the first in the list is at work. */
  attacks?: QuantumAttack[]
}

/** Start: as workerData, or as the first message with kind 'start'. */
export interface WorldStart extends WorldSetup {
  alicePort: MessagePort
  bobPort: MessagePort
}

/** A stretch of mission time, seconds since the epoch; stretches follow one another. */
export interface AdvanceRequest {
  kind: 'advance'
  from_s: number
  to_s: number
  /** True: the receiver's shutter is closed, and nothing arrives but dark counts. */
  shutter: boolean
}

export type WorldControl = AdvanceRequest | ({ kind: 'start' } & WorldStart)

/** World to its parent; no truth in it. */
export type WorldReport =
  { kind: 'advanced'; slot: number } | { kind: 'failed'; slot: number; reason: string }

/** World to Alice: pulses that something may be detected at, in order, each once. */
export interface PrepareRequest {
  kind: 'prepare'
  slot: number
  pulses: Float64Array
  /** 0 signal, 1 decoy, 2 vacuum. */
  intensity: Uint8Array
  /** 0 X, 1 Z. */
  basis: Uint8Array
}

/** Alice's answer: one bit for each pulse asked. */
export interface PreparedReply {
  kind: 'prepared'
  slot: number
  bits: Uint8Array
}

/** World to Bob. */
export interface TagsMessage extends TagBatch {
  kind: 'tags'
  slot: number
}
