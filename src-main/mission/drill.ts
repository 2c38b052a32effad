/** Attack drills: which of a mission's attacks concern a contact, and what became of them. */
import type { Attack } from '../domain/model/conditions'
import type { Distillation, DrillOutcome, StopLayer } from '../domain/model/report'
import { parseUtc } from '../domain/model/time'
import type { FlightPlan } from '../engine/protocol'
import { MissionError } from './desk'

/** Attacks on a relay; all others concern a contact. */
const relayAttacks = ['relay-lie', 'relay-copies']
/**
 * Weak pulses of mean mu below 1.5 are single photons in more than 0.3 of the detections; far fewer proven means that
 * the decoys, not the errors, took the key. One third of that share tells the two apart.
 */
const LEAST_SINGLE_PHOTONS = 0.1

/** Attacks that happen while the contact's exchange runs, at one of its ends. */
export const attacksOn = (
  attacks: Attack[],
  ends: readonly string[],
  window: { from_ms: number; to_ms: number },
): Attack[] =>
  attacks.filter(
    ({ kind, station, from_utc, to_utc }) =>
      !relayAttacks.includes(kind) &&
      (station === undefined || ends.includes(station)) &&
      (from_utc === undefined || parseUtc(from_utc) < window.to_ms) &&
      (to_utc === undefined || parseUtc(to_utc) > window.from_ms),
  )

/** Attacks on weak pulses and on gated receivers: links of pairs have no decoys, and their receivers no such monitor. */
const notOnPairs = ['photon-number-splitting', 'detector-blinding']

/**
 * A drill that would silently do nothing must not be flown.
 * @throws MissionError when an attack on the contact is not modelled on its kind of link.
 */
export function refuseUnmodelled({ kind, contactId, attacks }: FlightPlan): void {
  const unmodelled = attacks.find((attack) => notOnPairs.includes(attack.kind))
  if (kind !== 'pair' || !unmodelled) return
  throw new MissionError({
    severity: 'serious',
    text: `Planning ${contactId}: the drill ${unmodelled.kind} is not modelled on pair links.`,
    wayOut: 'Fly it with weak pulses, or take intercept-resend.',
  })
}

/** The attack on a relay between two stations, if there is one. */
export const relayAttackOn = (
  attacks: Attack[],
  ends: readonly string[],
  utc: string,
): Attack | undefined =>
  attacks.find(
    ({ kind, station, from_utc, to_utc }) =>
      relayAttacks.includes(kind) &&
      (station === undefined || ends.includes(station)) &&
      (from_utc === undefined || parseUtc(from_utc) <= parseUtc(utc)) &&
      (to_utc === undefined || parseUtc(to_utc) > parseUtc(utc)),
  )

/** Attacks that leave no contact complete once they act. */
const alwaysStop = ['tampered-message', 'replayed-message', 'fake-station', 'detector-blinding']

/** What became of a drill in a contact that came to its end, read from its public figures alone. */
export function drillOutcome(attacks: Attack[], distillation: Distillation): DrillOutcome {
  if (attacks.length === 0) return {}
  const [{ kind, fraction }] = attacks
  if (fraction === 0 || alwaysStop.includes(kind)) return { attack: kind, did_not_act: IDLE }
  return { attack: kind, stopped_by: layerThatStopped(distillation) }
}

const IDLE = 'The attack met nothing that it could change, so that nothing had to stop it.'

function layerThatStopped({ secret_bits, verified, terms, counts }: Distillation): StopLayer {
  if (secret_bits > 0) return 'privacy amplification'
  if (!verified) return 'verification'
  const proven = terms.x.s1 + terms.z.s1
  const detected = [...counts.x, ...counts.z].reduce((sum, count) => sum + count, 0)
  return proven < LEAST_SINGLE_PHOTONS * detected ? 'decoy states' : 'error rate'
}
