/**
 * Which pulses are detected: photon by photon, drawn event by event.
 * Method: thinning (Lewis & Shedler, Naval Research Logistics 26, 403 (1979)) of a geometric process at the slot's
 * highest detection probability, so that undetected pulses cost nothing. Photons of a pulse of mean mu that end
 * in a click are Poisson of mean mu eta; given at least one, intensity k has weight p_k (1 - exp(-mu_k eta)),
 * and the number of clicking photons is the zero-truncated Poisson law, so two detectors may click.
 * Limit: transmittance is linear between grid points.
 */
import type { Payload } from '../../domain/model/payload'
import type { Flight } from './flight'
import { indexAt, type Random } from './random'

/** Detected photons in order of pulses; columns, one row a photon. */
export interface Photons {
  pulse: Float64Array
  /** 0 signal, 1 decoy, 2 vacuum. */
  intensity: Uint8Array
  /** Alice's basis: 0 X, 1 Z. */
  basis: Uint8Array
  /** Bob's basis: 0 X, 1 Z. */
  bobBasis: Uint8Array
  /** 1 when the photon ends in the wrong state of its basis. */
  error: Uint8Array
}

const columnsFor = (capacity: number): Photons => ({
  pulse: new Float64Array(capacity),
  intensity: new Uint8Array(capacity),
  basis: new Uint8Array(capacity),
  bobBasis: new Uint8Array(capacity),
  error: new Uint8Array(capacity),
})

/** No photon at all. */
export const noPhotons = (): Photons => columnsFor(0)

/** Columns that grow while a slot is drawn. */
class PhotonList {
  private columns: Photons
  private count = 0

  constructor(private capacity: number) {
    this.columns = columnsFor(capacity)
  }

  add(pulse: number, intensity: number, basis: number, bobBasis: number, error: number): void {
    if (this.count === this.capacity) this.grow()
    const { columns, count } = this
    columns.pulse[count] = pulse
    columns.intensity[count] = intensity
    columns.basis[count] = basis
    columns.bobBasis[count] = bobBasis
    columns.error[count] = error
    this.count++
  }

  photons(): Photons {
    const { pulse, intensity, basis, bobBasis, error } = this.columns
    return {
      pulse: pulse.subarray(0, this.count),
      intensity: intensity.subarray(0, this.count),
      basis: basis.subarray(0, this.count),
      bobBasis: bobBasis.subarray(0, this.count),
      error: error.subarray(0, this.count),
    }
  }

  private grow(): void {
    const full = this.columns
    this.capacity = 2 * this.capacity + 16
    this.columns = columnsFor(this.capacity)
    for (const name of Object.keys(full) as (keyof Photons)[]) this.columns[name].set(full[name])
  }
}

/** 1 - exp(-x); below 1e-3 by its series to 4e-11 of the value, several times faster than expm1. */
const clickProbability = (x: number): number =>
  x < 1e-3 ? x * (1 - (x / 2) * (1 - x / 3)) : -Math.expm1(-x)

/** Probability of a click for each intensity, weighted with its share of pulses. */
function clickWeights(payload: Payload, eta: number, weights: Float64Array): number {
  let sum = 0
  for (let k = 0; k < 3; k++) {
    const weight = payload.probabilities[k] * clickProbability(payload.intensities[k] * eta)
    weights[k] = weight
    sum += weight
  }
  return sum
}

/** A basis with the payload's odds: 0 X, 1 Z. */
export const drawBasis = (payload: Payload, random: Random): number =>
  random.chance(payload.basis_x_probability) ? 0 : 1

function addPulse(
  drawn: PhotonList,
  payload: Payload,
  pulse: number,
  k: number,
  eta: number,
  random: Random,
): void {
  const count = random.positivePoisson(payload.intensities[k] * eta)
  const basis = drawBasis(payload, random)
  for (let n = 0; n < count; n++) {
    const error = random.chance(payload.polarisation_error) ? 1 : 0
    drawn.add(pulse, k, basis, drawBasis(payload, random), error)
  }
}

/**
 * Draws the detected photons of the pulses that leave in [from_s, to_s), seconds since the epoch.
 * @param random the arrivals' own stream.
 */
export function drawPhotons(
  payload: Payload,
  flight: Flight,
  from_s: number,
  to_s: number,
  random: Random,
): Photons {
  const weights = new Float64Array(3)
  const bound = clickWeights(payload, flight.peakTransmittance(from_s, to_s), weights)
  if (bound <= 0) return noPhotons()
  const end = Math.ceil(to_s * payload.pulse_rate_Hz)
  const perMiss = Math.log1p(-bound)
  const drawn = new PhotonList(Math.ceil(1.1 * bound * (to_s - from_s) * payload.pulse_rate_Hz))
  let pulse = Math.ceil(from_s * payload.pulse_rate_Hz) - 1
  for (;;) {
    pulse += 1 + Math.floor(-random.exponential() / perMiss)
    if (pulse >= end) return drawn.photons()
    const eta = flight.transmittance(pulse / payload.pulse_rate_Hz)
    const sum = clickWeights(payload, eta, weights)
    const place = random.uniform() * bound
    if (place < sum) addPulse(drawn, payload, pulse, indexAt(weights, place), eta, random)
  }
}
