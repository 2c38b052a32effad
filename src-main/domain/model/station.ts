/** A ground station: place, receiver and site, as the mission file and the shipped records give it. */
import { z } from 'zod'

const fraction = z.number().min(0).max(1)

export const receiverSchema = z.object({
  aperture_m: z.number().positive().max(100),
  optics_efficiency: fraction,
  detector_efficiency: fraction,
  /** Dark counts of all detectors together, Hz. */
  dark_count_rate_Hz: z.number().min(0),
  /** Full width of the coincidence gate. */
  gate_ns: z.number().positive().max(1e6),
  /** Total timing jitter between a pulse and its tag, 1 sigma. */
  timing_jitter_ns: z.number().min(0).max(1e3),
  dead_time_ns: z.number().min(0).max(1e6),
  afterpulse_probability: fraction,
  /** Full angle of the field of view. */
  field_of_view_urad: z.number().positive(),
  filter_nm: z.number().positive(),
})

export const siteSchema = z.object({
  zenith_loss_dB: z.number().min(0),
  /** Dark-sky spectral radiance without the Moon. */
  sky_radiance_W_m2_sr_um: z.number().min(0),
  min_elevation_deg: z.number().min(0).max(90),
  /** Horizon mask: [azimuth_deg, elevation_deg] corners, clockwise from north; empty means flat. */
  horizon_mask: z.array(z.tuple([z.number(), z.number()])),
  sun_below_deg: z.number().max(0),
})

export const stationSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  lat_deg: z.number().min(-90).max(90),
  lon_deg: z.number().min(-180).max(360),
  alt_m: z.number().min(-500).max(9000),
  receiver: receiverSchema,
  site: siteSchema,
  /** Where the numbers come from, per field name. */
  sources: z.record(z.string(), z.string()).optional(),
})

export type Receiver = z.infer<typeof receiverSchema>
export type Site = z.infer<typeof siteSchema>
export type Station = z.infer<typeof stationSchema>
/** What the pass finder needs of a station. */
export type StationPlace = Pick<Station, 'id' | 'name' | 'lat_deg' | 'lon_deg' | 'alt_m'>
