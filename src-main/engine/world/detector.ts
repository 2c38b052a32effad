/**
 * Single-photon detectors: dead time and afterpulses, in time order across slots.
 * Reference: non-paralysable dead time (Knoll, Radiation Detection and Measurement, ch. 4): a click blinds its
 * detector for the dead time, and what falls into it is lost and prolongs nothing. An afterpulse follows its click
 * after the dead time by an exponential delay of 30 ns mean, the scale of trap lifetimes in silicon; the exact
 * value only has to spread it over several pulses.
 * Limits: an afterpulse has none of its own; detectors do not differ in efficiency or dark counts; no recovery.
 */
import type { TagBatch } from '../../domain/model/tags'
import type { Receiver } from '../../domain/model/station'
import { ClickQueue } from './click-queue'
import type { Clicks } from './clicks'
import type { Random } from './random'
import { TagColumn } from './tag-column'

const AFTERPULSE_MEAN_PS = 30_000
const DETECTORS = 4

/** Draws which clicks an afterpulse would follow, by the gaps between them; before any bit is known. */
export function drawAfterpulses(
  receiver: Pick<Receiver, 'dead_time_ns' | 'afterpulse_probability'>,
  clicks: Clicks,
  random: Random,
): void {
  const { dead_time_ns, afterpulse_probability: p } = receiver
  if (p === 0) return
  const meanGap = p < 1 ? -1 / Math.log1p(-p) : 0
  const gap = (): number => Math.floor(random.exponential() * meanGap)
  for (let i = gap(); i < clicks.after_ps.length; i += 1 + gap())
    clicks.after_ps[i] = dead_time_ns * 1000 + random.exponential() * AFTERPULSE_MEAN_PS
}

interface Afterpulse {
  time_ps: number
  channel: number
}

/** The detectors' state; `report` is to be called with slots in time order. */
export class Detectors {
  private readonly dead_ps: number
  private readonly blindUntil_ps = new Float64Array(DETECTORS).fill(-Infinity)
  private readonly queue = new ClickQueue()
  private readonly column = new TagColumn()
  private afterpulses: Afterpulse[] = []
  /** When the first waiting afterpulse comes. */
  private nextAfter_ps = Infinity

  constructor(receiver: Pick<Receiver, 'dead_time_ns'>) {
    this.dead_ps = receiver.dead_time_ns * 1000
  }

  /**
   * Takes a slot's clicks, each source in time order, and returns what the detectors report before the instant, in
   * time order; later clicks are kept for the next call. What is returned is good until then.
   */
  report(sources: Clicks[], before_ps: number): TagBatch {
    const { queue, column } = this
    queue.feed(sources)
    column.clear(2 * queue.size + this.afterpulses.length)
    while (queue.seek(before_ps))
      queue.place = this.takeRun(queue.front, queue.place, queue.until_ps)
    this.release(before_ps)
    return column.tags()
  }

  /** Takes one source's next click and those up to an instant; gives the place after them. */
  private takeRun(clicks: Clicks, from: number, until_ps: number): number {
    const { time_ps, channel, after_ps } = clicks
    let place = from
    do {
      const t = time_ps[place]
      if (this.nextAfter_ps < t) this.release(t)
      if (this.counts(t, channel[place]) && after_ps[place] > 0)
        this.follow(t + after_ps[place], channel[place])
      place++
    } while (place < time_ps.length && time_ps[place] < until_ps)
    return place
  }

  /** Reports a click, unless its detector is blind, and blinds the detector for its dead time. */
  private counts(time_ps: number, channel: number): boolean {
    if (time_ps < this.blindUntil_ps[channel]) return false
    this.blindUntil_ps[channel] = time_ps + this.dead_ps
    this.column.add(time_ps, channel)
    return true
  }

  /** Reports the afterpulses due before an instant. */
  private release(before_ps: number): void {
    while (this.nextAfter_ps < before_ps) {
      const [{ time_ps, channel }] = this.afterpulses.splice(0, 1)
      this.nextAfter_ps = this.afterpulses[0]?.time_ps ?? Infinity
      this.counts(time_ps, channel)
    }
  }

  private follow(time_ps: number, channel: number): void {
    this.afterpulses.push({ time_ps, channel })
    this.afterpulses.sort((a, b) => a.time_ps - b.time_ps)
    this.nextAfter_ps = this.afterpulses[0].time_ps
  }
}
