/** The quantum transmitter on a satellite. */
import { z } from 'zod'

const fraction = z.number().min(0).max(1)

export const payloadSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  wavelength_nm: z.number().positive(),
  pulse_rate_Hz: z.number().positive(),
  /** Mean photon numbers: signal, decoy, vacuum. */
  intensities: z.tuple([z.number().min(0), z.number().min(0), z.number().min(0)]),
  probabilities: z.tuple([fraction, fraction, fraction]),
  basis_x_probability: z.number().gt(0).lt(1),
  /** Full angle of the beam. */
  divergence_urad: z.number().positive(),
  /** Per axis, 1 sigma. */
  pointing_jitter_urad: z.number().min(0),
  /** Probability that a photon arrives in the wrong state of its basis. */
  polarisation_error: fraction,
  /** Rate of the synchronisation laser's pulses, phase-locked to the signal pulses. */
  sync_rate_Hz: z.number().positive(),
  sources: z.record(z.string(), z.string()).optional(),
})

export type Payload = z.infer<typeof payloadSchema>
