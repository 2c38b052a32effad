/**
 * The current that single-photon detectors draw from their bias supply, and the most that counting can explain.
 * Model: every avalanche moves one charge Q, so n clicks a second draw n Q; a detector counts at most once a dead
 * time tau, so four detectors draw at most 4 Q / tau, whatever light falls on them (Cova et al., Appl. Opt. 35,
 * 1956 (1996), active quenching). A detector that is held below breakdown by bright light (Lydersen et al., Nat.
 * Photonics 4, 686 (2010); Sauge et al., Opt. Express 19, 23590 (2011)) draws a photocurrent that its supply cannot
 * deliver without losing the whole excess bias; a supply that loses a share s of it at saturated counting then
 * delivers at least 1/s of the saturation current.
 * Values: Q = 16 pC is 1.6 pF (diode and strays) at 10 V of excess bias, s = 0.1 is a usual design rule; both are
 * assumptions. Limit and blinded current scale with Q alike, so the decision does not depend on it.
 * Limits: an ideal monitor of milliseconds that holds its highest reading; no leakage and no temperature. Blinding
 * by heat, and an attacker who also fakes the monitor, are not modelled.
 */
import type { Receiver } from '../model/station'

const AVALANCHE_C = 16e-12
const DETECTORS = 4
/** Share of the excess bias lost when all detectors count as fast as they can. */
const SAG_AT_SATURATION = 0.1
/** A diode's bias cannot be restored faster. */
const SHORTEST_DEAD_TIME_NS = 1

/** Current of counting at a rate, all detectors together, uA. */
export const countingCurrent_uA = (clicks_Hz: number): number => clicks_Hz * AVALANCHE_C * 1e6

/** The most that counting can draw, uA: every detector once a dead time. A reading above it is no counting. */
export function biasCurrentLimit_uA(receiver: Pick<Receiver, 'dead_time_ns'>): number {
  const dead_s = Math.max(receiver.dead_time_ns, SHORTEST_DEAD_TIME_NS) * 1e-9
  return countingCurrent_uA(DETECTORS / dead_s)
}

/** The least that keeps all detectors below breakdown, uA. */
export const blindedCurrent_uA = (receiver: Pick<Receiver, 'dead_time_ns'>): number =>
  biasCurrentLimit_uA(receiver) / SAG_AT_SATURATION
