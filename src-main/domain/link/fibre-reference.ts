/**
 * A present-day fibre link, as one source and one receiver for comparisons; nothing of it is fitted to a publication.
 * Assumptions, all typical of intercity decoy BB84 with cooled superconducting detectors: 1 GHz, 1550 nm, signal 0.5,
 * decoy 0.15, vacuum 0; 90 % of the pulses in X on both sides; detectors 80 %, 40 dark counts a second in all, gate
 * 0.5 ns; optics 0.8; misalignment 1 %.
 */
import type { Payload } from '../model/payload'
import type { Receiver } from '../model/station'

export const fibreReferencePayload: Payload = {
  id: 'fibre-reference',
  name: 'Decoy BB84 over fibre, 1 GHz',
  wavelength_nm: 1550,
  pulse_rate_Hz: 1e9,
  intensities: [0.5, 0.15, 0],
  probabilities: [0.8, 0.13, 0.07],
  basis_x_probability: 0.9,
  divergence_urad: 10,
  pointing_jitter_urad: 0,
  polarisation_error: 0.01,
  sync_rate_Hz: 10_000,
}

export const fibreReferenceReceiver: Receiver = {
  aperture_m: 1,
  optics_efficiency: 0.8,
  detector_efficiency: 0.8,
  dark_count_rate_Hz: 40,
  gate_ns: 0.5,
  timing_jitter_ns: 0.05,
  dead_time_ns: 30,
  afterpulse_probability: 0,
  field_of_view_urad: 100,
  filter_nm: 1,
}
