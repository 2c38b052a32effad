/**
 * Pulses of the synchronisation laser: phase-locked to the signal pulses, pulse k leaves at k / rate.
 * Limits: every pulse is seen while there is light (a bright beam), but for the share that a fault takes, each alone;
 * its receiver's jitter is a plain 0.1 ns, 1 sigma, a fast photodiode's, and part of the world, not of a record.
 * Pulses are at least 10 us apart: jitter cannot swap them.
 */
import type { Flight } from './flight'
import type { Interval } from './protocol'
import type { Random } from './random'

const JITTER_PS = 100

/** Number of the first pulse that leaves at or after an instant. */
const pulseFrom = (time_s: number, rate_Hz: number): number => Math.ceil(time_s * rate_Hz)

/**
 * Arrival times of the sync pulses that leave in the stretches, in time order.
 * @param lost share that never arrives, and the stream that decides which.
 */
export function drawSync(
  rate_Hz: number,
  flight: Flight,
  stretches: Interval[],
  random: Random,
  lost: { share: number; random: Random },
): Float64Array {
  const ranges = stretches.map(({ from_s, to_s }) => [
    pulseFrom(from_s, rate_Hz),
    pulseFrom(to_s, rate_Hz),
  ])
  const times_ps = new Float64Array(ranges.reduce((sum, [first, end]) => sum + end - first, 0))
  const period_ps = 1e12 / rate_Hz
  random.fillGaussian(times_ps)
  let place = 0
  for (const [first, end] of ranges)
    for (let k = first; k < end; k++) {
      const emitted_ps = k * period_ps
      const jitter_ps = times_ps[place] * JITTER_PS
      times_ps[place++] = emitted_ps + flight.flight_ps(emitted_ps * 1e-12) + jitter_ps
    }
  if (lost.share === 0) return times_ps
  return times_ps.filter(() => !lost.random.chance(lost.share))
}
