/**
 * The 2016 Micius link as one payload and one station, for benches and tests that must not depend on files.
 * Sources: payload, optics, detector and gate as in public presets of the mission (848.6 nm, 100 MHz, 0.8/0.1/0 with
 * 0.5/0.25/0.25, 10 urad full angle, optics 0.16, detector 0.5, 25 counts a second per detector, 2 ns);
 * pointing 1.2 urad and jitter 0.53 ns as recalled from Liao et al., Nature 549, 43 (2017); zenith loss
 * 3 dB, polarisation error 1.05 % and dark sky 5e-6 W m^-2 sr^-1 um^-1 as the mission's inputs.
 * Afterpulses 0.5 % and dead time 50 ns are typical of silicon avalanche diodes, not published for this pass.
 */
import type { Payload } from '../model/payload'
import type { Station } from '../model/station'

export const referencePayload: Payload = {
  id: 'reference-bb84',
  name: 'Micius decoy BB84, 2016',
  wavelength_nm: 848.6,
  pulse_rate_Hz: 100e6,
  intensities: [0.8, 0.1, 0],
  probabilities: [0.5, 0.25, 0.25],
  basis_x_probability: 0.5,
  divergence_urad: 10,
  pointing_jitter_urad: 1.2,
  polarisation_error: 0.0105,
  sync_rate_Hz: 10_000,
}

export const referenceStation: Station = {
  id: 'xinglong',
  name: 'Xinglong',
  lat_deg: 40.395867,
  lon_deg: 117.577458,
  alt_m: 890,
  receiver: {
    aperture_m: 1,
    optics_efficiency: 0.16,
    detector_efficiency: 0.5,
    dark_count_rate_Hz: 100,
    gate_ns: 2,
    timing_jitter_ns: 0.53,
    dead_time_ns: 50,
    afterpulse_probability: 0.005,
    field_of_view_urad: 100,
    filter_nm: 1,
  },
  site: {
    zenith_loss_dB: 3,
    sky_radiance_W_m2_sr_um: 5e-6,
    min_elevation_deg: 10,
    horizon_mask: [],
    sun_below_deg: -12,
  },
}
