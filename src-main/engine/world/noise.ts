/** Clicks without a photon of the satellite: background and dark counts, uniform in time on random detectors. */
import type { Clicks } from './clicks'
import type { Flight } from './flight'
import type { Random } from './random'

/** Start and end of the slot's light at the receiver, ps since the epoch. */
export function arrivalWindow(flight: Flight, from_s: number, to_s: number): [number, number] {
  return [from_s * 1e12 + flight.flight_ps(from_s), to_s * 1e12 + flight.flight_ps(to_s)]
}

/**
 * Noise clicks over the window in which the slot's light arrives.
 * @param rate_Hz rate at an instant of arrival; peak_Hz is at least its maximum.
 */
export function drawNoise(
  [from_ps, to_ps]: [number, number],
  rate_Hz: (time_ps: number) => number,
  peak_Hz: number,
  random: Random,
): Clicks {
  const times: number[] = []
  const channels: number[] = []
  const gap = (): number => (random.exponential() * 1e12) / peak_Hz
  for (let t = from_ps + gap(); t < to_ps; t += gap())
    if (random.uniform() * peak_Hz < rate_Hz(t)) {
      times.push(t)
      channels.push(random.bits32() >>> 30)
    }
  return {
    time_ps: new Float64Array(times),
    channel: new Uint8Array(channels),
    after_ps: new Float64Array(times.length),
  }
}
