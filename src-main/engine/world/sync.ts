/**
 * Pulses of the synchronisation laser: phase-locked to the signal pulses, pulse k leaves at k / rate.
 * Limits: every pulse is seen while the shutter is open (a bright beam); its receiver's jitter is a plain 0.1 ns,
 * 1 sigma, a fast photodiode's, and part of the world, not of a record.
 */
import { tagChannels } from '../../domain/model/tags'
import { emptyClicks, orderClicks, type Clicks } from './clicks'
import type { Flight } from './flight'
import type { Random } from './random'

const JITTER_PS = 100

/** Sync clicks of the pulses that leave in [from_s, to_s), in time order. */
export function drawSync(
  rate_Hz: number,
  flight: Flight,
  from_s: number,
  to_s: number,
  random: Random,
): Clicks {
  const first = Math.ceil(from_s * rate_Hz)
  const clicks = emptyClicks(Math.ceil(to_s * rate_Hz) - first)
  clicks.channel.fill(tagChannels.sync)
  for (let i = 0; i < clicks.time_ps.length; i++) {
    const emitted_s = (first + i) / rate_Hz
    clicks.time_ps[i] =
      emitted_s * 1e12 + flight.flight_ps(emitted_s) + random.gaussian() * JITTER_PS
  }
  return orderClicks(clicks)
}
