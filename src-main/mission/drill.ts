/** Attack drills: which of a mission's attacks concern a contact, and what became of them. */
import type { Attack } from '../domain/model/conditions'
import type { Distillation, DrillOutcome, KeyLengthTerms, StopLayer } from '../domain/model/report'
import { parseUtc } from '../domain/model/time'

/** Attacks on a relay; all others concern a contact. */
const relayAttacks = ['relay-lie', 'relay-copies']

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

function layerThatStopped({ secret_bits, verified, terms }: Distillation): StopLayer {
  if (secret_bits > 0) return 'privacy amplification'
  if (!verified) return 'verification'
  return [terms.x, terms.z].every(decoysProveNothing) ? 'decoy states' : 'error rate'
}

/** Even without any phase error the proven single photons would not pay for what was disclosed. */
const decoysProveNothing = ({ s0, s1, leak_bits }: KeyLengthTerms): boolean => s0 + s1 <= leak_bits
