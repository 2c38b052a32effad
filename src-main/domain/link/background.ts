/**
 * Counts that are not signal: dark counts, dark sky, moonlight.
 * Reference: Miao, Han, Gong, Zhang, Diao, Guo, New J. Phys. 7, 215 (2005): N = H Omega A dlambda eta / (h c / lambda)
 * with Omega = pi (FOV/2)^2 and A = pi D^2/4; moonlight of moonlight.ts.
 * Limits: the dark sky is one radiance a site, the same at every elevation; no twilight (a window in twilight is
 * refused by sun_below_deg, never modelled), no city lights, no sunlight reflected by the satellite.
 */
import type { Beam } from '../model/payload'
import type { Station } from '../model/station'
import { PLANCK_J_S, SPEED_OF_LIGHT_M_S } from '../model/units'
import { moonRadiance_W_m2_sr_um, type MoonGeometry } from './moonlight'

/** Detected counts of all four detectors together, before the gate. */
export interface BackgroundRate {
  dark_Hz: number
  sky_Hz: number
  moon_Hz: number
  total_Hz: number
}

export type SkyGeometry = MoonGeometry

/** A magnitude is 4 dB: the site's zenith loss as extinction. */
const MAGNITUDES_PER_dB = 0.25

/**
 * Clicks a second that a sky of the given spectral radiance causes in all detectors together.
 * @param radiance W m^-2 sr^-1 um^-1 at the beam's wavelength.
 */
export function skyCounts_Hz(beam: Beam, station: Station, radiance: number): number {
  const { receiver } = station
  const solidAngle_sr = Math.PI * ((receiver.field_of_view_urad * 1e-6) / 2) ** 2
  const area_m2 = (Math.PI * receiver.aperture_m ** 2) / 4
  const power_W = radiance * solidAngle_sr * area_m2 * (receiver.filter_nm * 1e-3)
  const photon_J = (PLANCK_J_S * SPEED_OF_LIGHT_M_S) / (beam.wavelength_nm * 1e-9)
  return (power_W / photon_J) * receiver.optics_efficiency * receiver.detector_efficiency
}

/**
 * Background at one instant: dark counts, dark sky and moonlight, each as detected counts a second.
 * @param sky target and Moon as seen from the station, radians.
 */
export function backgroundRate_Hz(beam: Beam, station: Station, sky: SkyGeometry): BackgroundRate {
  const moon = moonRadiance_W_m2_sr_um(sky, station.site.zenith_loss_dB * MAGNITUDES_PER_dB)
  const dark_Hz = station.receiver.dark_count_rate_Hz
  const sky_Hz = skyCounts_Hz(beam, station, station.site.sky_radiance_W_m2_sr_um)
  const moon_Hz = skyCounts_Hz(beam, station, moon)
  return { dark_Hz, sky_Hz, moon_Hz, total_Hz: dark_Hz + sky_Hz + moon_Hz }
}
