/**
 * The pulses of a slot that Alice is asked to prepare: those whose photons are detected, and those that noise and
 * afterpulses fall next to, so that one seed fixes the class of every tag's pulse.
 * Limit: a noise pulse has the source's own odds; that it brought no photon is left out (below 1e-3).
 */
import type { Payload } from '../../domain/model/payload'
import type { Clicks } from './clicks'
import type { Flight } from './flight'
import { drawBasis, type Photons } from './photons'
import type { PrepareRequest } from './protocol'
import type { Random } from './random'

/** A pulse to be prepared. */
export interface AskedPulse {
  pulse: number
  intensity: number
  basis: number
}

/**
 * The pulse whose light is nearest to an instant at the receiver.
 * @param near_s a second of emission within a second or so of the answer.
 */
export function pulseAt(flight: Flight, rate_Hz: number, time_ps: number, near_s: number): number {
  let emitted_ps = time_ps - flight.flight_ps(near_s)
  emitted_ps = time_ps - flight.flight_ps(emitted_ps / 1e12)
  emitted_ps = time_ps - flight.flight_ps(emitted_ps / 1e12)
  return Math.round((emitted_ps * rate_Hz) / 1e12)
}

/** Instants of the afterpulses that would follow these clicks. */
export function afterTimes(clicks: Clicks): number[] {
  const times: number[] = []
  for (let i = 0; i < clicks.after_ps.length; i++)
    if (clicks.after_ps[i] > 0) times.push(clicks.time_ps[i] + clicks.after_ps[i])
  return times
}

/** Pulses next to the given instants, in order, each with a class of the source's odds. */
export function drawAsked(
  payload: Payload,
  flight: Flight,
  times_ps: ArrayLike<number>,
  near_s: number,
  random: Random,
): AskedPulse[] {
  const asked = Array.from(times_ps, (time_ps) => ({
    pulse: pulseAt(flight, payload.pulse_rate_Hz, time_ps, near_s),
    intensity: random.index(payload.probabilities),
    basis: drawBasis(payload, random),
  }))
  return asked.sort((a, b) => a.pulse - b.pulse)
}

/** Photons' pulses and noise pulses as one request, in order, each once; a photon's class stands first. */
export function prepareRequest(
  slot: number,
  photons: Photons,
  noise: AskedPulse[],
): PrepareRequest {
  const size = photons.pulse.length + noise.length
  const pulses = new Float64Array(size)
  const intensity = new Uint8Array(size)
  const basis = new Uint8Array(size)
  let count = 0
  const put = (pulse: number, k: number, b: number): void => {
    if (count > 0 && pulses[count - 1] === pulse) return
    pulses[count] = pulse
    intensity[count] = k
    basis[count++] = b
  }
  let next = 0
  const putNoise = (before: number): void => {
    for (; next < noise.length && noise[next].pulse < before; next++)
      put(noise[next].pulse, noise[next].intensity, noise[next].basis)
  }
  photons.pulse.forEach((pulse, i) => {
    putNoise(pulse)
    put(pulse, photons.intensity[i], photons.basis[i])
  })
  putNoise(Infinity)
  return {
    kind: 'prepare',
    slot,
    pulses: pulses.slice(0, count),
    intensity: intensity.slice(0, count),
    basis: basis.slice(0, count),
  }
}

/** Place of each photon's pulse in the request; both are in order. */
export function placesOf(photons: Photons, request: PrepareRequest): Int32Array {
  const places = new Int32Array(photons.pulse.length)
  let place = 0
  photons.pulse.forEach((pulse, i) => {
    while (request.pulses[place] !== pulse) place++
    places[i] = place
  })
  return places
}
