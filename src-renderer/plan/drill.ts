/** An attack drill as the planner chooses it: which attack, on how many photons, where, and who should notice. */
import type { Attack, AttackKind } from '@domain/model/conditions'
import type { StopLayer } from '@domain/model/report'
import { missionMessages } from '../messages'

export interface DrillFields {
  kind: AttackKind | 'none'
  /** Percent, as typed. */
  fraction: string
  /** A station's id; empty for every contact. */
  station: string
}
/** The mission's attacks that the fields ask for, or why they cannot be read. */
export type DrillRead = { ok: true; attacks: Attack[] } | { ok: false; reason: string }

/** The layer expected to stop an attack at full strength; null where nothing can notice it. */
export const expectedLayers: Record<AttackKind, StopLayer | null> = {
  'intercept-resend': 'error rate',
  'photon-number-splitting': 'decoy states',
  'detector-blinding': 'detector monitoring',
  'tampered-message': 'authentication',
  'replayed-message': 'authentication',
  'relay-lie': 'relay confirmation',
  'relay-copies': null,
  'fake-station': 'authentication',
}
export const drillKinds = Object.keys(expectedLayers) as AttackKind[]

/** Attacks on photons touch a share of them; the others happen or do not. */
export const hasFraction = (kind: DrillFields['kind']): boolean =>
  kind === 'intercept-resend' || kind === 'photon-number-splitting' || kind === 'detector-blinding'

/** The fields as the mission has them; of several attacks the first. */
export function drillFields([attack]: Attack[]): DrillFields {
  return {
    kind: attack?.kind ?? 'none',
    fraction: String(Math.round((attack?.fraction ?? 1) * 1e4) / 100),
    station: attack?.station ?? '',
  }
}

/** Reads the fields; times that the mission file gives to the same attack are kept. Never throws. */
export function readDrill({ kind, fraction, station }: DrillFields, before: Attack[]): DrillRead {
  if (kind === 'none') return { ok: true, attacks: [] }
  const percent = fraction.trim() === '' ? NaN : Number(fraction)
  const touched = hasFraction(kind)
  if (touched && !(percent >= 0 && percent <= 100))
    return { ok: false, reason: missionMessages.drill.badFraction(fraction) }
  const { from_utc, to_utc } = before.find((attack) => attack.kind === kind) ?? {}
  const attack: Attack = {
    kind,
    fraction: touched ? percent / 100 : 1,
    ...(station ? { station } : {}),
    ...(from_utc ? { from_utc } : {}),
    ...(to_utc ? { to_utc } : {}),
  }
  return { ok: true, attacks: [attack] }
}

/** The mission's drill in one line: `Drill: Intercept and resend 50 %`. */
export function drillText(attacks: Attack[]): string {
  const { conditions, drill } = missionMessages
  const [first] = attacks
  if (!first) return conditions.noDrill
  const share = hasFraction(first.kind) ? ` ${drillFields([first]).fraction} %` : ''
  const more = attacks.length > 1 ? conditions.more(attacks.length - 1) : ''
  return conditions.drillNow(`${drill.kinds[first.kind].name}${share}${more}`)
}

/** Which layer is expected to notice an attack, in words. */
export function layerText(kind: AttackKind): string {
  const layer = expectedLayers[kind]
  return layer ? missionMessages.drill.layer(layer) : missionMessages.drill.noLayer
}

/** Where a drill may be: every contact first, then each station by name. */
export const drillPlaces = (ids: readonly string[], nameOf: (id: string) => string) => [
  { id: '', name: missionMessages.drill.everywhere },
  ...ids.map((id) => ({ id, name: nameOf(id) })),
]
