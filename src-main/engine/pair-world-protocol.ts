/** Messages of the world of entangled pairs: what starts it, drives it and hands tags to both ends. Imported as types only. */
import type { MessagePort } from 'node:worker_threads'
import type { PairSource } from '../domain/model/payload'
import type { Receiver } from '../domain/model/station'
import type { PairProtocol } from '../domain/qkd/pairs/settings'
import type { AdvanceRequest, Interval, TaggerClock, WorldProfile } from './world/protocol'

/** One end: its link, its detectors, its tagger's clock. On board the range is 0. */
export interface PairEnd {
  /** Transmittance includes the detectors, background all of them together. */
  profile: WorldProfile
  receiver: Pick<
    Receiver,
    'timing_jitter_ns' | 'dead_time_ns' | 'afterpulse_probability' | 'dark_count_rate_Hz'
  >
  clock: TaggerClock
}

/** Share of Bob's photons that an eavesdropper measures and resends for a while. */
export interface PairInterception extends Interval {
  fraction: number
}

/** What the physics needs; the worker gets the two ports beside it. */
export interface PairWorldSetup {
  seed: number
  protocol: PairProtocol
  source: Pick<PairSource, 'pair_rate_Hz' | 'visibility'>
  alice: PairEnd
  bob: PairEnd
  epoch_ms: number
  /** No photon arrives anywhere in these; background does. */
  clouds: Interval[]
  interceptions: PairInterception[]
}

export interface PairWorldStart extends PairWorldSetup {
  alicePort: MessagePort
  bobPort: MessagePort
}

export type PairWorldControl = AdvanceRequest | ({ kind: 'start' } & PairWorldStart)
