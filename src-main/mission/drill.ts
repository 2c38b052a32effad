/** Attack drills: which of a mission's attacks concern a contact, and what became of them. */
import type { Attack } from '../domain/model/conditions'
import type { Distillation, DrillOutcome, StopLayer } from '../domain/model/report'
import { parseUtc } from '../domain/model/time'

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

/** The attack on a relay between two stations, if there is one. */
export const relayAttackOn = (attacks: Attack[], ends: readonly string[]): Attack | undefined =>
  attacks.find(
    ({ kind, station }) =>
      relayAttacks.includes(kind) && (station === undefined || ends.includes(station)),
  )

/** What became of a drill in a contact that came to its end, read from its public figures alone. */
export function drillOutcome(attacks: Attack[], distillation: Distillation): DrillOutcome {
  if (attacks.length === 0) return {}
  return { attack: attacks[0].kind, stopped_by: layerThatStopped(distillation) }
}

function layerThatStopped({ secret_bits, verified, terms, counts }: Distillation): StopLayer {
  if (secret_bits > 0) return 'privacy amplification'
  if (!verified) return 'verification'
  const proven = terms.x.s1 + terms.z.s1
  const detected = [...counts.x, ...counts.z].reduce((sum, count) => sum + count, 0)
  return proven < LEAST_SINGLE_PHOTONS * detected ? 'decoy states' : 'error rate'
}
