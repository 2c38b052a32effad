/** The report of a flown mission (contract, command `run`). Origins: counts are measured, in rehearsal on simulated photons. */

/** Counts per intensity: signal, decoy, vacuum. */
export type Counts = [number, number, number]

/** What both parties know of one pass after sifting and error counting; all of it public. */
export interface BasisCounts {
  x: Counts
  z: Counts
}

/** One basis' key length and the terms it is made of, in bits (Lim 2014). */
export interface KeyLengthTerms {
  s0: number
  s1: number
  phase_error: number
  leak_bits: number
  secret_bits: number
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
  messages: number
  channel_bytes: number
  round_trips: number
  /** Why there is no key, when there is none. */
  no_key_reason?: string
}

/** One flown pass: its geometry, its distillation and what became of its key. */
export interface PassReport extends Distillation {
  id: string
  satellite: number
  station: string
  aos: string
  tca: string
  los: string
  max_elevation_deg: number
  min_range_km: number
  secret_rate_bps: number
  epsilon: number
  proof: string
  /** Authentication key taken for the pass and topped up after it, bits at one end. */
  auth_bits_spent: number
  auth_bits_added: number
  recording: string
}

export interface RelayReport {
  pair: [string, string]
  secret_bits: number
  announced_xor_sha256: string
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

export interface MissionReport {
  mission: string
  seed: number
  proof: string
  passes: PassReport[]
  relays: RelayReport[]
  uses: UseReport[]
  published: PublishedComparison[]
}
