/**
 * The pulses of a slot that Alice is asked to prepare: those whose photons are detected, and those that noise and
 * afterpulses fall next to, so that one seed fixes the class of every tag's pulse.
 * Limit: a noise pulse has the source's own odds; that it brought no photon is left out (below 1e-3).
 */
import type { Payload } from '../../domain/model/payload'
import type { Clicks } from './clicks'
import type { Flight } from './flight'
import { basisOf, intensityOf, type Photons } from './photon-list'
import { drawBasis } from './photon-states'
import type { PrepareRequest } from './protocol'
import type { Random } from './random'

/** Pulses to be prepared, in order, in columns. */
export type AskedPulses = Pick<PrepareRequest, 'pulses' | 'intensity' | 'basis'>

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

/** Instants of noise clicks and of the afterpulses that would follow any click, in order. */
export function noiseTimes(noise: Clicks, arrivals: Clicks): Float64Array {
  const after = [arrivals, noise].flatMap(({ time_ps, after_ps }) => {
    const times: number[] = []
    for (let i = 0; i < after_ps.length; i++)
      if (after_ps[i] > 0) times.push(time_ps[i] + after_ps[i])
    return times
  })
  const times = new Float64Array(noise.time_ps.length + after.length)
  times.set(noise.time_ps)
  times.set(after, noise.time_ps.length)
  return times.sort()
}

/** Pulses next to the given instants, which are in order, each with a class of the source's odds. */
export function drawAsked(
  payload: Payload,
  flight: Flight,
  times_ps: Float64Array,
  near_s: number,
  random: Random,
): AskedPulses {
  const count = times_ps.length
  const intensity = new Uint8Array(count)
  const basis = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    intensity[i] = random.index(payload.probabilities)
    basis[i] = drawBasis(payload, random)
  }
  const pulses = times_ps.map((time_ps) => pulseAt(flight, payload.pulse_rate_Hz, time_ps, near_s))
  return { pulses, intensity, basis }
}

/** A request, and for each photon the place of its pulse in it. */
export interface Question {
  request: PrepareRequest
  asked: Int32Array
}

/** Request columns that are filled in order of pulses. */
class RequestList {
  private count = 0
  private readonly pulses: Float64Array
  private readonly intensity: Uint8Array
  private readonly basis: Uint8Array

  constructor(size: number) {
    this.pulses = new Float64Array(size)
    this.intensity = new Uint8Array(size)
    this.basis = new Uint8Array(size)
  }

  /** Puts a pulse unless it stands there already; gives its place. */
  put(pulse: number, intensity: number, basis: number): number {
    const { count } = this
    if (count > 0 && this.pulses[count - 1] === pulse) return count - 1
    this.pulses[count] = pulse
    this.intensity[count] = intensity
    this.basis[count] = basis
    this.count = count + 1
    return count
  }

  columns(): AskedPulses {
    const { count } = this
    return {
      pulses: this.pulses.slice(0, count),
      intensity: this.intensity.slice(0, count),
      basis: this.basis.slice(0, count),
    }
  }
}

/** Photons' pulses and noise pulses as one request, in order, each once; a photon's class stands first. */
export function askFor(slot: number, { pulse, state }: Photons, noise: AskedPulses): Question {
  const list = new RequestList(pulse.length + noise.pulses.length)
  const asked = new Int32Array(pulse.length)
  let next = 0
  const putPhotons = (upTo: number): void => {
    let i = next
    for (; i < pulse.length && pulse[i] <= upTo; i++)
      asked[i] = list.put(pulse[i], intensityOf(state[i]), basisOf(state[i]))
    next = i
  }
  for (let k = 0; k < noise.pulses.length; k++) {
    putPhotons(noise.pulses[k])
    list.put(noise.pulses[k], noise.intensity[k], noise.basis[k])
  }
  putPhotons(Infinity)
  return { request: { kind: 'prepare', slot, ...list.columns() }, asked }
}
