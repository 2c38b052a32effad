/**
 * Bob's time tagger clock against true UTC: a constant offset and a constant drift.
 * Limit: no random walk; a real tagger disciplined by GPS wanders by nanoseconds a second on top.
 */
import type { TaggerClock } from './protocol'

/** Reads true time since the epoch as the tagger does, whole picoseconds. */
export const taggerReading_ps = (clock: TaggerClock, true_ps: number): number =>
  Math.floor(true_ps + true_ps * clock.drift + clock.offset_s * 1e12 + 0.5)
