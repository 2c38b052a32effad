/**
 * Four single-photon detectors: dead time and afterpulses, in time order across slots.
 * Reference: non-paralysable dead time (Knoll, Radiation Detection and Measurement, ch. 4): a click blinds its
 * detector for the dead time, and what falls into it is lost and prolongs nothing. An afterpulse follows its click
 * after the dead time by an exponential delay of 30 ns mean, the scale of trap lifetimes in silicon; the exact
 * value only has to spread it over several pulses.
 * Limits: an afterpulse has none of its own; detectors do not differ in efficiency or dark counts; no recovery.
 */
import { tagChannels, type TagBatch } from '../../domain/model/tags'
import type { Receiver } from '../../domain/model/station'
import { emptyClicks, mergeClicks, clicksFrom, type Clicks } from './clicks'
import type { Random } from './random'

const AFTERPULSE_MEAN_PS = 30_000

/** Draws for every click whether an afterpulse would follow it; before any bit is known. */
export function drawAfterpulses(receiver: Receiver, clicks: Clicks, random: Random): void {
  const dead_ps = receiver.dead_time_ns * 1000
  for (let i = 0; i < clicks.after_ps.length; i++)
    if (random.chance(receiver.afterpulse_probability))
      clicks.after_ps[i] = dead_ps + random.exponential() * AFTERPULSE_MEAN_PS
}

interface Afterpulse {
  time_ps: number
  channel: number
}

/** The detectors' state; `report` is to be called with slots in time order. */
export class Detectors {
  private readonly dead_ps: number
  private readonly blindUntil_ps = new Float64Array(4).fill(-Infinity)
  private waiting: Clicks = emptyClicks(0)
  private afterpulses: Afterpulse[] = []

  constructor(receiver: Receiver) {
    this.dead_ps = receiver.dead_time_ns * 1000
  }

  /**
   * Takes a slot's clicks, each source in time order (the smallest first is fastest), and returns what is
   * reported before the instant, in time order; later clicks are kept for the next call.
   */
  report(sources: Clicks[], before_ps: number): TagBatch {
    const queue = sources.reduce(mergeClicks, this.waiting)
    const size = 2 * queue.time_ps.length + this.afterpulses.length
    const time_ps = new Float64Array(size)
    const channels = new Uint8Array(size)
    let count = 0
    const put = (at_ps: number, channel: number): void => {
      time_ps[count] = at_ps
      channels[count++] = channel
    }
    let at = 0
    for (; at < queue.time_ps.length && queue.time_ps[at] < before_ps; at++) {
      this.release(queue.time_ps[at], put)
      if (this.take(queue, at)) put(queue.time_ps[at], queue.channel[at])
    }
    this.release(before_ps, put)
    this.waiting = clicksFrom(queue, at)
    return { time_ps: time_ps.slice(0, count), channel: channels.slice(0, count) }
  }

  /** Reports the afterpulses due before an instant. */
  private release(before_ps: number, put: (time_ps: number, channel: number) => void): void {
    while (this.afterpulses.length > 0 && this.afterpulses[0].time_ps < before_ps) {
      const [{ time_ps, channel }] = this.afterpulses.splice(0, 1)
      if (this.ready(time_ps, channel)) put(time_ps, channel)
    }
  }

  /** True when the click is reported; an afterpulse may then follow it. */
  private take(clicks: Clicks, i: number): boolean {
    const channel = clicks.channel[i]
    if (channel === tagChannels.sync) return true
    if (!this.ready(clicks.time_ps[i], channel)) return false
    if (clicks.after_ps[i] > 0) this.follow(clicks.time_ps[i] + clicks.after_ps[i], channel)
    return true
  }

  /** Blinds the detector for its dead time, unless it is blind already. */
  private ready(time_ps: number, channel: number): boolean {
    if (time_ps < this.blindUntil_ps[channel]) return false
    this.blindUntil_ps[channel] = time_ps + this.dead_ps
    return true
  }

  private follow(time_ps: number, channel: number): void {
    this.afterpulses.push({ time_ps, channel })
    this.afterpulses.sort((a, b) => a.time_ps - b.time_ps)
  }
}
