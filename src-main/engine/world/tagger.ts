/** Bob's receiver at work: detectors, synchronisation receiver and monitor, read on his clock in time order. */
import type { TagBatch } from '../../domain/model/tags'
import type { Receiver } from '../../domain/model/station'
import { orderClicks } from './clicks'
import { readOnTagger } from './clock'
import { Detectors } from './detector'
import { monitorReading } from './monitor'
import type { TaggerClock } from './protocol'
import type { SlotDraw } from './slot-draw'
import { withSync } from './tag-column'

/** Clicks this near to the slot's end wait for the next slot, whose jitter may put a click before them. */
const HOLD_BACK_PS = 1e6

/** Number of values below a bound in an ascending column, of which few are not. */
function countBelow(times_ps: Float64Array, bound_ps: number): number {
  let count = times_ps.length
  while (count > 0 && times_ps[count - 1] >= bound_ps) count--
  return count
}

export class Tagger {
  private readonly detectors: Detectors
  /** Sync pulses that wait for the next slot. */
  private waiting_ps = new Float64Array(0)

  constructor(
    private readonly receiver: Receiver,
    private readonly clock: TaggerClock,
  ) {
    this.detectors = new Detectors(receiver)
  }

  /** Takes a slot, its channels chosen, and gives its tags but for the last microsecond's. */
  take(draw: SlotDraw): TagBatch {
    const before_ps = draw.end_ps - HOLD_BACK_PS - this.receiver.timing_jitter_ns * 1e4
    const tags = this.detectors.report([draw.noise, orderClicks(draw.arrivals)], before_ps)
    const batch = withSync(tags, this.syncBefore(draw.sync_ps, before_ps))
    readOnTagger(this.clock, batch.time_ps)
    return { ...batch, monitor: monitorReading(this.receiver, draw, tags.time_ps.length) }
  }

  private syncBefore(sync_ps: Float64Array, before_ps: number): Float64Array {
    const all_ps = new Float64Array(this.waiting_ps.length + sync_ps.length)
    all_ps.set(this.waiting_ps)
    all_ps.set(sync_ps, this.waiting_ps.length)
    const count = countBelow(all_ps, before_ps)
    this.waiting_ps = all_ps.slice(count)
    return all_ps.subarray(0, count)
  }
}
