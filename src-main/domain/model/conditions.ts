/** What a mission file sets up against its own exchange: the channel's quality, faults, attacks; and fibre links. */
import { z } from 'zod'
import { parseUtc } from './time'

const utc = z.string().refine((text) => !Number.isNaN(parseUtc(text)), {
  error: 'must be a UTC time such as 2016-12-19T12:00:00Z',
})
const share = z.number().min(0).max(1)

/** The classical channel: one-way delay, and the shares of frames that are lost or overtaken. */
export const channelSchema = z.strictObject({
  latency_ms: z.number().min(0).max(60_000).default(0),
  loss: z.number().min(0).max(0.9).default(0),
  reorder: share.default(0),
})

/** Decoy BB84 over fibre between a station and a city, with trusted nodes in between. */
export const fibreLinkSchema = z.strictObject({
  a: z.string().min(1),
  b: z.string().min(1),
  length_km: z.number().positive().max(20_000),
  attenuation_dB_km: z.number().positive().max(10).default(0.2),
  nodes: z.number().int().min(0).max(50).default(0),
})

export const attackKinds = [
  'intercept-resend',
  'photon-number-splitting',
  'detector-blinding',
  'tampered-message',
  'replayed-message',
  'relay-lie',
  'relay-copies',
  'fake-station',
] as const

const isForward = ({ from_utc, to_utc }: { from_utc?: string; to_utc?: string }): boolean =>
  from_utc === undefined || to_utc === undefined || parseUtc(from_utc) < parseUtc(to_utc)
const backward = { path: ['to_utc'], error: 'must be later than from_utc' }

/** A drill; without station or times it lasts through every contact. */
export const attackSchema = z
  .strictObject({
    kind: z.enum(attackKinds),
    /** Share of the photons (quantum attacks) that the eavesdropper touches. */
    fraction: share.default(1),
    station: z.string().min(1).optional(),
    from_utc: utc.optional(),
    to_utc: utc.optional(),
  })
  .refine(isForward, backward)

/** Faults of the world that the engine has to live with. */
export const faultsSchema = z.strictObject({
  /** Seconds per second that the tagger's clock runs fast. */
  clock_drift: z.number().min(-1e-4).max(1e-4).default(0),
  clock_offset_ms: z.number().min(-10_000).max(10_000).default(0),
  /** Share of the synchronisation pulses that never arrive. */
  lost_sync: share.default(0),
  /** Intervals without light. */
  cloud: z
    .array(z.strictObject({ from_utc: utc, to_utc: utc }).refine(isForward, backward))
    .default([]),
})

export type ChannelConditions = z.infer<typeof channelSchema>
export type FibreLink = z.infer<typeof fibreLinkSchema>
export type Attack = z.infer<typeof attackSchema>
export type AttackKind = Attack['kind']
export type Faults = z.infer<typeof faultsSchema>

export const calmChannel: ChannelConditions = { latency_ms: 0, loss: 0, reorder: 0 }
export const noFaults: Faults = { clock_drift: 0, clock_offset_ms: 0, lost_sync: 0, cloud: [] }
