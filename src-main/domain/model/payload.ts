/** The quantum transmitter on a satellite. */
import { z } from 'zod'

const fraction = z.number().min(0).max(1)
const meanPhotons = z.number().min(0).max(10)

/** What the decoy bound needs (Lim et al., PRA 89, 022307 (2014)): mu1 > mu2 + mu3 and mu2 > mu3 >= 0. */
const intensities = z
  .tuple([meanPhotons, meanPhotons, meanPhotons])
  .refine(([signal, decoy, vacuum]) => decoy > vacuum && signal > decoy + vacuum, {
    error: 'signal, decoy, vacuum must descend, the signal above the sum of the other two',
  })

const share = z.number().gt(0).lt(1)
const probabilities = z
  .tuple([share, share, share])
  .refine(([signal, decoy, vacuum]) => Math.abs(signal + decoy + vacuum - 1) <= 1e-9, {
    error: 'the three probabilities must sum to 1',
  })

export const payloadSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  wavelength_nm: z.number().positive(),
  /** Pulse numbers of a whole pass stay exact up to 100 GHz. */
  pulse_rate_Hz: z.number().min(1e3).max(1e11),
  /** Mean photon numbers: signal, decoy, vacuum. */
  intensities,
  probabilities,
  basis_x_probability: z.number().gt(0).lt(1),
  /** Full angle of the beam. */
  divergence_urad: z.number().positive(),
  /** Per axis, 1 sigma. */
  pointing_jitter_urad: z.number().min(0),
  /** Probability that a photon arrives in the wrong state of its basis. */
  polarisation_error: fraction,
  /** Rate of the synchronisation laser's pulses, phase-locked to the signal pulses. */
  sync_rate_Hz: z.number().min(100).max(1e5),
  sources: z.record(z.string(), z.string()).optional(),
})

export type Payload = z.infer<typeof payloadSchema>
