/**
 * Loss from the satellite's aperture to a gated detection.
 * References: disc of light of the stated full angle (geometric spreading, 20 log10(divergence L / D_r));
 * Kasten & Young 1989 air mass times a zenith loss (Beer-Lambert); mean over Rayleigh pointing jitter of a
 * Gaussian beam theta^2/(theta^2 + 4 sigma^2), theta the half angle, sigma per axis; Gaussian timing jitter in
 * a gate centred on the pulse.
 * Limits: static mean loss (no scintillation, no beam wander, no refraction); the disc formula is 3 dB more than
 * a Gaussian beam whose 1/e^2 full angle is the same number; atmosphere as one zenith loss of the site.
 */
import type { Beam } from '../model/payload'
import type { Station } from '../model/station'
import { loss_dB, transmittance } from '../model/units'
import { airmass } from './airmass'
import { erf } from './erf'

export interface Geometry {
  range_m: number
  /** Geometric elevation of the satellite at the station. */
  elevation_rad: number
}

/** One factor of the budget, both ways of writing it. */
export interface LossFactor {
  transmittance: number
  loss_dB: number
}

export interface LinkBudget {
  geometric: LossFactor
  atmosphere: LossFactor
  pointing: LossFactor
  /** Receiver optics. */
  optics: LossFactor
  detector: LossFactor
  /** Share of the pulse's tags inside the coincidence gate. */
  gate: LossFactor
  /** Up to the detector's face: what the published flagship table gives. */
  withoutDetector: LossFactor
  /** Up to a click, any time: what the world draws arrivals with. */
  withDetector: LossFactor
  /** Up to a click inside the gate: what telemetry calls the loss. */
  withGate: LossFactor
}

const factor = (value: number): LossFactor => ({ transmittance: value, loss_dB: loss_dB(value) })

/** Share of a disc of light of the beam's full angle that the receiver's aperture takes, at most 1. */
export function geometricTransmittance(beam: Beam, aperture_m: number, range_m: number): number {
  const disc_m = beam.divergence_urad * 1e-6 * range_m
  return Math.min(1, (aperture_m / disc_m) ** 2)
}

/** Mean transmittance over Gaussian pointing jitter, per axis 1 sigma. */
export function pointingTransmittance(beam: Beam): number {
  const halfAngle_urad = beam.divergence_urad / 2
  return halfAngle_urad ** 2 / (halfAngle_urad ** 2 + 4 * beam.pointing_jitter_urad ** 2)
}

/** Share of tags with Gaussian jitter that lie inside a gate centred on the pulse. */
export function gateFraction(gate_ns: number, jitter_ns: number): number {
  return jitter_ns === 0 ? 1 : erf(gate_ns / 2 / (Math.SQRT2 * jitter_ns))
}

/**
 * The link's loss at one instant, factor by factor.
 * @param geometry range in metres and geometric elevation in radians.
 * @throws RangeError below the horizon.
 */
export function linkBudget(beam: Beam, station: Station, geometry: Geometry): LinkBudget {
  const { receiver, site } = station
  const geometric = geometricTransmittance(beam, receiver.aperture_m, geometry.range_m)
  const atmosphere = transmittance(site.zenith_loss_dB * airmass(geometry.elevation_rad))
  const pointing = pointingTransmittance(beam)
  const gate = gateFraction(receiver.gate_ns, receiver.timing_jitter_ns)
  const withoutDetector = geometric * atmosphere * pointing * receiver.optics_efficiency
  const withDetector = withoutDetector * receiver.detector_efficiency
  return {
    geometric: factor(geometric),
    atmosphere: factor(atmosphere),
    pointing: factor(pointing),
    optics: factor(receiver.optics_efficiency),
    detector: factor(receiver.detector_efficiency),
    gate: factor(gate),
    withoutDetector: factor(withoutDetector),
    withDetector: factor(withDetector),
    withGate: factor(withDetector * gate),
  }
}
