/** From a mission's fibre links to the hops that are flown: decoy BB84 between neighbouring trusted nodes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { FibreLink } from '../domain/model/conditions'
import { payloadSchema } from '../domain/model/payload'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { receiverSchema } from '../domain/model/station'
import { formatUtc } from '../domain/model/time'
import type { FibrePlan } from '../engine/protocol'

/** The shipped fibre equipment, the same at every hop. */
export const fibreEquipmentSchema = z.object({
  /** How long each hop runs for one block. */
  run_s: z.number().int().positive(),
  payload: payloadSchema,
  receiver: receiverSchema,
  sources: z.record(z.string(), z.string()),
})
export type FibreEquipment = z.infer<typeof fibreEquipmentSchema>

export interface FibreHop {
  link: FibreLink
  ends: [string, string]
  plan: FibrePlan
  from_utc: string
  to_utc: string
}

/** @throws Error when the shipped record is damaged. */
export function readFibreEquipment(resourcesDir: string): FibreEquipment {
  const text = readFileSync(join(resourcesDir, 'links/fibre.json'), 'utf8')
  return fibreEquipmentSchema.parse(JSON.parse(text))
}

/** Holders along a link: its two ends and the trusted nodes between them. */
export function holdersAlong({ a, b, nodes }: FibreLink): string[] {
  const between = Array.from({ length: nodes }, (_, i) => `${a}–${b} node ${i + 1}`)
  return [a, ...between, b]
}

/** Hops of equal length, one plan each; seeds follow `seed`. */
export function planFibreHops(
  resolved: ResolvedMission,
  equipment: FibreEquipment,
  options: { seed: number; speed: number | 'max' },
): FibreHop[] {
  const hops = resolved.mission.links.flatMap((link) => {
    const holders = holdersAlong(link)
    return holders.slice(1).map((holder, i) => ({ link, ends: [holders[i], holder] as const }))
  })
  return hops.map(({ link, ends: [a, b] }, i) => ({
    link,
    ends: [a, b],
    plan: planOf(resolved, equipment, link, `fibre-${a}-${b}`.replaceAll(' ', '-'), {
      ...options,
      seed: options.seed + i,
    }),
    from_utc: formatUtc(resolved.start_ms),
    to_utc: formatUtc(resolved.start_ms + equipment.run_s * 1000),
  }))
}

function planOf(
  { mission, start_ms }: ResolvedMission,
  { payload, receiver, run_s }: FibreEquipment,
  link: FibreLink,
  contactId: string,
  { seed, speed }: { seed: number; speed: number | 'max' },
): FibrePlan {
  const end_ms = start_ms + run_s * 1000
  return {
    kind: 'fibre',
    contactId,
    seed,
    speed,
    payload,
    receiver,
    length_km: link.length_km / (link.nodes + 1),
    attenuation_dB_km: link.attenuation_dB_km,
    // The equipment has two decoys whatever the satellite flies, and the proof that belongs to them.
    exchange: { ...mission.exchange, protocol: 'decoy-bb84' },
    security: { eps_sec: mission.security.eps_sec, eps_cor: mission.security.eps_cor },
    channel: mission.channel,
    faults: { ...mission.faults, cloud: [] },
    attacks: [],
    times: {
      ...{ start_ms, aos_ms: start_ms, exchangeFrom_ms: start_ms },
      ...{ tca_ms: (start_ms + end_ms) / 2, exchangeTo_ms: end_ms, los_ms: end_ms },
    },
  }
}
