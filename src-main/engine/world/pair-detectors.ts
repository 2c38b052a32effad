/**
 * The detectors of one end, two for each setting: dead time and afterpulses in time order across slots.
 * Reference: non-paralysable dead time (Knoll, Radiation Detection and Measurement, ch. 4); an afterpulse follows its
 * click after the dead time by an exponential delay of 30 ns mean, the scale of trap lifetimes in silicon.
 * Limits: an afterpulse has none of its own; all detectors are alike.
 */
import type { TagBatch } from '../../domain/model/tags'
import { emptyPairClicks, mergePairClicks, slicedPairClicks, type PairClicks } from './pair-clicks'
import type { PairEnd } from '../pair-world-protocol'
import type { Random } from './random'

const AFTERPULSE_MEAN_PS = 30_000

interface Afterpulse {
  time_ps: number
  channel: number
}

export class PairDetectors {
  private readonly dead_ps: number
  private readonly blindUntil_ps: Float64Array
  private waiting = emptyPairClicks(0)
  /** Afterpulses to come, in time order. */
  private after: Afterpulse[] = []

  constructor(
    private readonly receiver: PairEnd['receiver'],
    channels: number,
  ) {
    this.dead_ps = receiver.dead_time_ns * 1000
    this.blindUntil_ps = new Float64Array(channels).fill(-Infinity)
  }

  /** Takes ordered clicks and returns what is reported before the instant; later ones wait for the next call. */
  report(clicks: PairClicks, before_ps: number, random: Random): TagBatch {
    const queue = mergePairClicks(this.waiting, clicks)
    const out = emptyPairClicks(2 * queue.time_ps.length + this.after.length)
    let count = 0
    const put = (time_ps: number, channel: number): boolean => {
      if (time_ps < this.blindUntil_ps[channel]) return false
      this.blindUntil_ps[channel] = time_ps + this.dead_ps
      out.time_ps[count] = time_ps
      out.channel[count++] = channel
      return true
    }
    let at = 0
    for (; at < queue.time_ps.length && queue.time_ps[at] < before_ps; at += 1) {
      const [time_ps, channel] = [queue.time_ps[at], queue.channel[at]]
      this.release(time_ps, put)
      if (put(time_ps, channel)) this.follow(time_ps, channel, random)
    }
    this.release(before_ps, put)
    this.waiting = slicedPairClicks(queue, at)
    return slicedPairClicks(out, 0, count)
  }

  /** Reports the afterpulses due before an instant. */
  private release(before_ps: number, put: (time_ps: number, channel: number) => boolean): void {
    while (this.after.length > 0 && this.after[0].time_ps < before_ps) {
      const [{ time_ps, channel }] = this.after.splice(0, 1)
      put(time_ps, channel)
    }
  }

  private follow(time_ps: number, channel: number, random: Random): void {
    if (!random.chance(this.receiver.afterpulse_probability)) return
    const delay_ps = this.dead_ps + random.exponential() * AFTERPULSE_MEAN_PS
    this.after.push({ time_ps: time_ps + delay_ps, channel })
    this.after.sort((a, b) => a.time_ps - b.time_ps)
  }
}
