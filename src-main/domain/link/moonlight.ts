/**
 * Sky brightness added by the Moon.
 * Reference: Krisciunas & Schaefer, PASP 103, 1033 (1991), eqs. 3, 15, 18-21, 27 and 1:
 *   I* = 10^(-0.4 (3.84 + 0.026 |a| + 4e-9 a^4)), a the phase angle in degrees (0 at full Moon)
 *   f(r) = 10^5.36 (1.06 + cos^2 r) + 10^(6.15 - r/40) from 10 deg; 6.2e7 r^-2 for the second term nearer in
 *   B = f(r) I* 10^(-0.4 k X(zm)) (1 - 10^(-0.4 k X(z))) nanolambert, X(z) = (1 - 0.96 sin^2 z)^-1/2
 *   V = (20.7233 - ln(B / 34.08)) / 0.92104 mag/arcsec^2
 * Radiance: V = 0 is 3.63e-8 W m^-2 um^-1 (Bessell, PASP 91, 589 (1979)).
 * Validity: fitted in V (550 nm) at a clear high site (k 0.172 mag per air mass), 8 to 23 per cent scatter.
 * Limits: the V radiance is used at the payload's wavelength as it stands. Rayleigh scattering alone is five to six
 * times weaker at 850 nm, so far from the Moon this is an upper bound. k is the site's own zenith loss (1 mag
 * is 4 dB) and may lie beyond the fitted range. Closer than 1 deg the value at 1 deg is taken: that is a
 * bound for scattered light, not for the Moon's disc. No opposition surge, no twilight, no clouds.
 */
import { degrees } from '../model/units'

const V_ZERO_W_m2_um = 3.63e-8
const ARCSEC2_PER_SR = (3600 * 180) ** 2 / Math.PI ** 2
const NEAREST_deg = 1

export interface MoonGeometry {
  /** Elevation of the target. */
  elevation_rad: number
  moonElevation_rad: number
  /** 0 at full Moon, pi at new Moon. */
  moonPhaseAngle_rad: number
  /** Between the target and the Moon's centre. */
  moonSeparation_rad: number
}

/** Moon's illuminance outside the atmosphere, in the units of eq. 20 (foot-candles). */
function moonIlluminance(phase_deg: number): number {
  const magnitude = 3.84 + 0.026 * Math.abs(phase_deg) + 4e-9 * phase_deg ** 4
  return 10 ** (-0.4 * magnitude)
}

/** Rayleigh plus Mie scattering at the given separation. */
function scattering(separation_deg: number): number {
  const angle_deg = Math.max(separation_deg, NEAREST_deg)
  const cosine = Math.cos((angle_deg * Math.PI) / 180)
  const rayleigh = 10 ** 5.36 * (1.06 + cosine * cosine)
  const mie = angle_deg >= 10 ? 10 ** (6.15 - angle_deg / 40) : 6.2e7 / angle_deg ** 2
  return rayleigh + mie
}

const skyAirmass = (elevation_rad: number): number =>
  1 / Math.sqrt(1 - 0.96 * Math.cos(elevation_rad) ** 2)

/**
 * Brightness that moonlight adds to the sky at the target; zero while the Moon is below the horizon.
 * @param extinction_mag zenith extinction, magnitudes per air mass.
 * @returns nanolambert, V band.
 */
export function moonlight_nL(geometry: MoonGeometry, extinction_mag: number): number {
  if (geometry.moonElevation_rad <= 0) return 0
  const through = 10 ** (-0.4 * extinction_mag * skyAirmass(geometry.moonElevation_rad))
  const scattered = 1 - 10 ** (-0.4 * extinction_mag * skyAirmass(geometry.elevation_rad))
  const illuminance = moonIlluminance(degrees(geometry.moonPhaseAngle_rad))
  return scattering(degrees(geometry.moonSeparation_rad)) * illuminance * through * scattered
}

/** V surface brightness of a brightness in nanolambert, mag/arcsec^2 (eq. 1 solved for V). */
export const vMagnitude = (brightness_nL: number): number =>
  (20.7233 - Math.log(brightness_nL / 34.08)) / 0.92104

/** Spectral radiance in V of a brightness in nanolambert, W m^-2 sr^-1 um^-1. */
export function radianceOfNanolambert(brightness_nL: number): number {
  if (brightness_nL <= 0) return 0
  return V_ZERO_W_m2_um * ARCSEC2_PER_SR * 10 ** (-0.4 * vMagnitude(brightness_nL))
}

/** Spectral radiance of scattered moonlight at the target, W m^-2 sr^-1 um^-1. */
export const moonRadiance_W_m2_sr_um = (geometry: MoonGeometry, extinction_mag: number): number =>
  radianceOfNanolambert(moonlight_nL(geometry, extinction_mag))
