/** What the workers of an entangled contact are given: public parameters, their own start key, their own ports. */
import type { Security } from '../domain/model/mission'
import type { PairSource } from '../domain/model/payload'
import type { FlightGrid } from '../domain/qkd/pairs/flight-time'
import type { PairProtocol } from '../domain/qkd/pairs/settings'
import type { PartyStart, StopControl } from './party-start'

/** Public parameters, agreed in the phase `start`. */
export interface PairParameters {
  contactId: string
  source: Pick<PairSource, 'id' | 'pair_rate_Hz' | 'visibility' | 'coincidence_window_ns'>
  security: Security
  protocol: PairProtocol
  /** How errors are corrected and why, settled before the exchange. */
  reconciliation: { method: 'cascade' | 'ldpc'; why: string }
  /** Both clocks count from this instant. */
  epoch_ms: number
}

export interface PairPartyStart extends Omit<PartyStart, 'parameters'> {
  parameters: PairParameters
}

export interface PairAliceStart extends PairPartyStart {
  /** Flight times to both ends by the public ephemeris; null for detectors on board. */
  flights: { alice: FlightGrid | null; bob: FlightGrid }
}

/** Engine -> either party of an entangled contact. */
export type PairControl =
  | StopControl
  /** The receiver is closed or open; Bob's alone. */
  | { kind: 'held'; held: boolean }
  /** The exchange window is over; to Bob. */
  | { kind: 'finish' }
