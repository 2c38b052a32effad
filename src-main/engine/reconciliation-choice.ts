/**
 * Which code corrects the errors. Cascade leaks least but asks thousands of times; LDPC asks once or a few times.
 * Each method's cost of a flagship block (about 1.6 Mbit at 1-2 % error) is estimated in seconds of waiting:
 * Cascade in lock-step needs a few thousand round trips whatever the block's size.
 */
import type { ChannelConditions } from '../domain/model/conditions'
import type { Exchange } from '../domain/model/mission'

export interface ReconciliationChoice {
  method: 'cascade' | 'ldpc'
  why: string
}

/** Round trips of Cascade on a block of a pass, measured: between 2000 and 4000. */
const CASCADE_ROUND_TRIPS = 3000
/** Longer waiting than this is worth LDPC's larger leak: the share of a contact that a station spends idle. */
const PATIENT_S = 30

/** @returns the method asked for, or by the round-trip time; and why, in words for the log. */
export function chooseReconciliation(
  asked: Exchange['reconciliation'],
  { latency_ms }: ChannelConditions,
): ReconciliationChoice {
  if (asked !== 'auto') return { method: asked, why: 'the mission asks for it' }
  const roundTrip_ms = 2 * latency_ms
  const waiting_s = (CASCADE_ROUND_TRIPS * roundTrip_ms) / 1000
  const method = waiting_s <= PATIENT_S ? 'cascade' : 'ldpc'
  const would = `Cascade would wait about ${Math.round(waiting_s)} s at a round trip of ${roundTrip_ms} ms`
  return { method, why: `${would}, ${PATIENT_S} s are the limit` }
}
