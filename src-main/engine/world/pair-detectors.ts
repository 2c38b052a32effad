/**
 * The detectors of one end, two for each setting: dead time and afterpulses in time order across slots.
 * Reference: non-paralysable dead time (Knoll, Radiation Detection and Measurement, ch. 4); an afterpulse follows its
 * click after the dead time by an exponential delay of 30 ns mean, the scale of trap lifetimes in silicon.
 * Limits: an afterpulse has none of its own; all detectors are alike.
 */
import type { TagBatch } from '../../domain/model/tags'
import type { PairEnd } from './pair-protocol'
import type { Random } from './random'

const AFTERPULSE_MEAN_PS = 30_000

/** A click before dead time, on the true clock. */
export interface PairClick {
  time_ps: number
  channel: number
  /** Afterpulses have none of their own. */
  after?: boolean
}

export class PairDetectors {
  private readonly dead_ps: number
  private readonly blindUntil_ps: Float64Array
  private waiting: PairClick[] = []

  constructor(
    private readonly receiver: PairEnd['receiver'],
    channels: number,
  ) {
    this.dead_ps = receiver.dead_time_ns * 1000
    this.blindUntil_ps = new Float64Array(channels).fill(-Infinity)
  }

  /** Takes clicks in any order and returns what is reported before the instant; later ones wait for the next call. */
  report(clicks: PairClick[], before_ps: number, random: Random): TagBatch {
    const queue = [...this.waiting, ...clicks].sort((a, b) => a.time_ps - b.time_ps)
    const reported: PairClick[] = []
    let at = 0
    for (; at < queue.length && queue[at].time_ps < before_ps; at += 1) {
      const click = queue[at]
      if (click.time_ps < this.blindUntil_ps[click.channel]) continue
      this.blindUntil_ps[click.channel] = click.time_ps + this.dead_ps
      reported.push(click)
      if (!click.after && random.chance(this.receiver.afterpulse_probability))
        insert(queue, at + 1, this.afterpulse(click, random))
    }
    this.waiting = queue.slice(at)
    return {
      time_ps: Float64Array.from(reported, ({ time_ps }) => time_ps),
      channel: Uint8Array.from(reported, ({ channel }) => channel),
    }
  }

  private afterpulse({ time_ps, channel }: PairClick, random: Random): PairClick {
    const delay_ps = this.dead_ps + random.exponential() * AFTERPULSE_MEAN_PS
    return { time_ps: time_ps + delay_ps, channel, after: true }
  }
}

/** Puts a click into its place of an ordered queue, not before an index. */
function insert(queue: PairClick[], from: number, click: PairClick): void {
  let at = from
  while (at < queue.length && queue[at].time_ps < click.time_ps) at += 1
  queue.splice(at, 0, click)
}
