/** The report of a flown mission (contract, command `run`). Origins: counts are measured, in rehearsal on simulated photons. */
import type { AttackKind } from './conditions'
import type { ProofName } from './proof'

/** Counts per intensity: signal, decoy, vacuum; a class that the source does not have stays 0. */
export type Counts = [number, number, number]

/** What both parties know of one pass after sifting and error counting; all of it public. */
export interface BasisCounts {
  x: Counts
  z: Counts
}

/** One basis' key length and the terms it is made of, in bits of the named proof. */
export interface KeyLengthTerms {
  s0: number
  s1: number
  phase_error: number
  leak_bits: number
  secret_bits: number
}

/** What another bound gives for the same counts: proofs differ by more than rounding. */
export interface BoundComparison {
  proof: ProofName
  secret_bits: number
  /** What has to be known to read it, e.g. "legacy fixed-length formula". */
  note: string
}

/** One share of the failure probability of a key. */
export interface EpsilonShare {
  what: string
  epsilon: number
}

/** How errors were corrected. */
export interface ReconciliationReport {
  method: 'cascade' | 'ldpc'
  /** Why this method: asked for, or the round-trip time. */
  why: string
  frames: number
  /** What Bob's requests tell about where the keys differ, bits; beside the leak, for proofs that count it. */
  requested_bits?: number
  /** Frames that needed more than the first syndrome (LDPC); 0 with Cascade. */
  blind_frames: number
  round_trips: number
  /** Mission time that the channel's latency cost in reconciliation. */
  waiting_s: number
}

/** Bell test of an entangled pass (CHSH). */
export interface ChshReport {
  S: number
  sigma_S: number
  E: [number, number, number, number]
  coincidences: number
  /** Rate per sifted bit that a device-independent proof would allow asymptotically: an indication only. */
  device_independent_rate: number
}

/** Coincidences of an entangled pass. */
export interface PairReport {
  coincidences: number
  accidentals_modelled: number
  window_ns: number
  singles: [number, number]
}

/** What distillation made of a pass, key or none; all of it public. */
export interface Distillation {
  exchange_s: number
  pulses_sent: number
  /** Gated events inside the exchange window, all intensities. */
  detections: number
  /** Matched basis, signal intensity. */
  sifted_bits: number
  /** Disclosed for the live QBER and discarded. */
  sample_bits: number
  /** Matched basis, all intensities, without the sample: the input of reconciliation. */
  key_bits_in: number
  /** Errors over sifted bits. */
  qber: number
  /** Parities, verification tags and outcomes, counted from the transcript. */
  leak_bits: number
  efficiency_f: number
  verified: boolean
  secret_bits: number
  counts: BasisCounts
  errors: BasisCounts
  terms: { x: KeyLengthTerms; z: KeyLengthTerms }
  /** The bound that the key length follows from. */
  proof: ProofName
  bounds: BoundComparison[]
  epsilon_shares: EpsilonShare[]
  reconciliation: ReconciliationReport
  chsh?: ChshReport
  pairs?: PairReport
  messages: number
  channel_bytes: number
  round_trips: number
  /** Why there is no key, when there is none. */
  no_key_reason?: string
}

/** Layers that can stop an attack or a fault, each with what it did, for the report and the screen. */
export const stopLayers = {
  authentication: 'An authentication tag did not fit the messages that arrived.',
  'protocol check': 'A message broke the rules of the conversation and was refused.',
  'error rate': 'The error rate proves no secrecy: nothing is left to distil.',
  'decoy states': 'The decoy counts prove too few single photons for a key.',
  'detector monitoring': 'The detectors drew more current than any light they count can explain.',
  verification: 'The hashes of the two keys differ: the block was destroyed.',
  'privacy amplification':
    'What was learnt on the way is counted and hashed away: the key is shorter, and secret.',
  'relay confirmation': 'The two stations compared hashes of the relayed key, and they differ.',
} as const
export type StopLayer = keyof typeof stopLayers

/** What became of an attack drill: the layer that stopped it, or why nothing can. */
export interface DrillOutcome {
  attack?: AttackKind
  /** The layer's name. */
  stopped_by?: StopLayer
  not_detectable?: string
  /** The attack found nothing to act on: nothing was stopped. */
  did_not_act?: string
}

/** One flown pass: its geometry, its distillation and what became of its key. */
export interface PassReport extends Distillation, DrillOutcome {
  id: string
  satellite: number
  station: string
  /** Both ends of an entangled contact; `station` is then the second. */
  stations?: [string, string]
  aos: string
  tca: string
  los: string
  max_elevation_deg: number
  min_range_km: number
  secret_rate_bps: number
  epsilon: number
  /** Authentication key taken for the pass and topped up after it, bits at one end. */
  auth_bits_spent: number
  auth_bits_added: number
  recording: string
}

export interface RelayReport extends DrillOutcome {
  pair: [string, string]
  secret_bits: number
  announced_xor_sha256: string
}

/** One fibre hop, distilled like a pass. */
export interface FibreReport extends Distillation {
  id: string
  ends: [string, string]
  length_km: number
  loss_dB: number
  epsilon: number
  auth_bits_spent: number
  auth_bits_added: number
  recording: string
}

/** Key handed on through trusted nodes by one-time pad. */
export interface ForwardReport {
  path: string[]
  secret_bits: number
  /** Everyone who knows the key. */
  known_to: string[]
}

export interface UseReport {
  kind: 'otp'
  from: string
  to: string
  file: string
  bits_consumed: number
  ok: boolean
  reason?: string
}

export interface PublishedComparison {
  what: string
  published: number
  simulated: number
  within: boolean
  band: string
  note?: string
}

/** What one block of several passes would give instead of a block each: a model of a choice, no key. */
export interface PooledReport {
  ends: [string, string]
  passes: number
  /** Of the single blocks together. */
  secret_bits: number
  pooled_secret_bits: number
  proof: ProofName
}

/** Failure probability of everything a mission delivered, added up (composability). */
export interface ChainEpsilon {
  total: number
  shares: EpsilonShare[]
}

export interface MissionReport {
  mission: string
  seed: number
  proof: string
  passes: PassReport[]
  fibres: FibreReport[]
  forwards: ForwardReport[]
  relays: RelayReport[]
  uses: UseReport[]
  pooled: PooledReport[]
  chain_epsilon: ChainEpsilon
  published: PublishedComparison[]
}
