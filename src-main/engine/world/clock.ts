/**
 * Bob's time tagger clock against true UTC: a constant offset and a constant drift.
 * Limit: no random walk; a real tagger disciplined by GPS wanders by nanoseconds a second on top.
 */
import type { TaggerClock } from './protocol'

/** Reads true time since the epoch as the tagger does, whole picoseconds. */
export const taggerReading_ps = (clock: TaggerClock, true_ps: number): number =>
  Math.floor(true_ps + true_ps * clock.drift + clock.offset_s * 1e12 + 0.5)

/** Reads a column of true times, in place. */
export function readOnTagger({ drift, offset_s }: TaggerClock, times_ps: Float64Array): void {
  const offset_ps = offset_s * 1e12
  for (let i = 0; i < times_ps.length; i++) {
    const true_ps = times_ps[i]
    times_ps[i] = Math.floor(true_ps + true_ps * drift + offset_ps + 0.5)
  }
}
