/** The mission file as written by its user; names are fixed by the contract, unknown ones refused. */
import { z } from 'zod'
import { parseUtc } from './time'
import { attackSchema, channelSchema, faultsSchema, fibreLinkSchema } from './conditions'
import { proofNames } from './proof'

const utc = z.string().refine((text) => !Number.isNaN(parseUtc(text)), {
  error: 'must be a UTC time such as 2016-12-19T12:00:00Z',
})
/** A shipped record's id, or an inline object (with `id`: overrides of that record). */
const record = z.union([z.string().min(1), z.record(z.string(), z.unknown())], {
  error: 'must be the id of a shipped record, or an object',
})

export const clockSchema = z.strictObject({
  mode: z.enum(['rehearsal']),
  start: utc,
  end: utc,
  speed: z.number().min(1).max(1000).default(60),
})

export const exchangeSchema = z.strictObject({
  protocol: z.enum(['decoy-bb84', 'one-decoy-bb84', 'bbm92', 'e91']),
  min_elevation_deg: z.number().min(0).max(90).default(10),
  max_range_km: z.number().positive().default(1200),
  sun_below_deg: z.number().max(0).default(-12),
  /** How errors are corrected; `auto` chooses by the channel's round-trip time. */
  reconciliation: z.enum(['auto', 'cascade', 'ldpc']).default('auto'),
})

/** Tags and verification hashes have 128 bits: smaller failure probabilities cannot be promised. */
const SMALLEST_EPSILON = 1e-30
/** Beyond it nothing is called secret, and the bound's logarithms lose their sign. */
const LARGEST_EPSILON = 0.01

export const securitySchema = z.strictObject({
  eps_sec: z.number().min(SMALLEST_EPSILON).max(LARGEST_EPSILON).default(1e-9),
  eps_cor: z.number().min(SMALLEST_EPSILON).max(LARGEST_EPSILON).default(1e-15),
  /** The engine's default for the protocol when absent. */
  proof: z.enum(proofNames).optional(),
})

/** One station, or for an entangled source the two that measure its pairs. */
export const contactSchema = z
  .strictObject({
    satellite: z.number().int().positive(),
    station: z.string().min(1).optional(),
    stations: z.tuple([z.string().min(1), z.string().min(1)]).optional(),
    near_utc: utc,
  })
  .refine(({ station, stations }) => (station === undefined) !== (stations === undefined), {
    error: 'must name either one station or, for an entangled source, two stations',
  })

export const requestSchema = z.strictObject({
  a: z.string().min(1),
  b: z.string().min(1),
  bits: z.number().int().positive(),
  due: utc,
  priority: z.number().min(0).default(1),
})

export const useSchema = z.strictObject({
  kind: z.enum(['otp']),
  from: z.string().min(1),
  to: z.string().min(1),
  file: z.string().min(1),
})

export const missionSchema = z.strictObject({
  mission: z.string().min(1),
  clock: clockSchema,
  satellites: z
    .array(
      z.strictObject({ noradId: z.number().int().positive(), elements: record, payload: record }),
    )
    .min(1),
  stations: z.array(record).min(1),
  exchange: exchangeSchema,
  security: securitySchema.default({ eps_sec: 1e-9, eps_cor: 1e-15 }),
  contacts: z.array(contactSchema).default([]),
  requests: z.array(requestSchema).default([]),
  uses: z.array(useSchema).default([]),
  channel: channelSchema.default({ latency_ms: 0, loss: 0, reorder: 0 }),
  links: z.array(fibreLinkSchema).default([]),
  attacks: z.array(attackSchema).default([]),
  faults: faultsSchema.default({ clock_drift: 0, clock_offset_ms: 0, lost_sync: 0, cloud: [] }),
})

export type Mission = z.infer<typeof missionSchema>
export type Exchange = z.infer<typeof exchangeSchema>
export type Security = z.infer<typeof securitySchema>
export type Protocol = Exchange['protocol']
export type ContactRequest = z.infer<typeof contactSchema>

/** Ids of the stations that a contact needs: one, or two for pairs. */
export const contactStations = ({ station, stations }: ContactRequest): string[] =>
  stations ?? [station ?? '']
