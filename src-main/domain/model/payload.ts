/** The quantum transmitter on a satellite: weak pulses with decoys, or entangled pairs. */
import { z } from 'zod'

const fraction = z.number().min(0).max(1)
const meanPhotons = z.number().min(0).max(10)

/** What the decoy bound needs (Lim et al., PRA 89, 022307 (2014)): mu1 > mu2 + mu3 and mu2 > mu3 >= 0. */
const twoDecoys = z
  .tuple([meanPhotons, meanPhotons, meanPhotons])
  .refine(([signal, decoy, vacuum]) => decoy > vacuum && signal > decoy + vacuum, {
    error: 'signal, decoy, vacuum must descend, the signal above the sum of the other two',
  })
/** One decoy (Rusca et al., APL 112, 171104 (2018)): mu1 > mu2 > 0. */
const oneDecoy = z
  .tuple([meanPhotons, meanPhotons])
  .refine(([signal, decoy]) => signal > decoy && decoy > 0, {
    error: 'signal and decoy must descend, the decoy above 0',
  })

const share = z.number().gt(0).lt(1)
const sumToOne = (shares: number[]): boolean =>
  Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) <= 1e-9
const unfit = { error: 'the probabilities must sum to 1' }
const probabilities = z.union([
  z.tuple([share, share, share]).refine(sumToOne, unfit),
  z.tuple([share, share]).refine(sumToOne, unfit),
])

/** What any source on a satellite has: a record, a telescope and a synchronisation laser. */
const beam = {
  id: z.string().min(1),
  name: z.string().min(1),
  wavelength_nm: z.number().positive(),
  /** Full angle of the beam. */
  divergence_urad: z.number().positive(),
  /** Per axis, 1 sigma. */
  pointing_jitter_urad: z.number().min(0),
  /** Rate of the synchronisation laser's pulses, phase-locked to the signal pulses. */
  sync_rate_Hz: z.number().min(100).max(1e5),
  sources: z.record(z.string(), z.string()).optional(),
}

export const payloadSchema = z
  .object({
    ...beam,
    /** Pulse numbers of a whole pass stay exact up to 100 GHz. */
    pulse_rate_Hz: z.number().min(1e3).max(1e11),
    /** Mean photon numbers: signal, decoy and, with two decoys, the weakest ("vacuum"). */
    intensities: z.union([twoDecoys, oneDecoy]),
    probabilities,
    basis_x_probability: z.number().gt(0).lt(1),
    /** Probability that a photon arrives in the wrong state of its basis. */
    polarisation_error: fraction,
  })
  .refine(({ intensities, probabilities }) => intensities.length === probabilities.length, {
    path: ['probabilities'],
    error: 'there must be one probability for each intensity',
  })

/** A source of entangled photon pairs with one telescope for each photon. */
export const pairSourceSchema = z.object({
  ...beam,
  /** Pairs generated a second, before any loss. */
  pair_rate_Hz: z.number().positive().max(1e10),
  /** Visibility V of the two-photon state as received, background apart: Werner state. */
  visibility: fraction,
  /** Share of the photons measured on board that are detected, and the noise of those detectors together. */
  onboard: z.object({
    efficiency: fraction,
    dark_count_rate_Hz: z.number().min(0),
    timing_jitter_ns: z.number().min(0).max(1e3),
  }),
  /** Full width of the coincidence window. */
  coincidence_window_ns: z.number().positive().max(1e4),
})

export type Payload = z.infer<typeof payloadSchema>
export type PairSource = z.infer<typeof pairSourceSchema>
/** What link budget and background need of a source. */
export type Beam = Pick<PairSource, 'wavelength_nm' | 'divergence_urad' | 'pointing_jitter_urad'>

export const isPairSource = (source: Payload | PairSource): source is PairSource =>
  'pair_rate_Hz' in source
