/**
 * Alice's search for coincidences, from time tags alone: predicted flight times are removed, the clocks' difference is
 * found once by its peak and then followed, and events within half the window of it are partners, each once.
 * Disciplined clocks are looked for first (a few coincidences are enough); clocks far apart by FFT correlation.
 * Limits: far clocks need a bright link; an event with two partners takes the nearer one.
 */
import { findOffset } from '../sync/find-offset'
import { findClockDifference, type ClockDifference, type ClockPrior } from './clock-search'
import { ClockLine } from './clock-line'
import type { PairEvents } from './events'
import { EventQueue } from './event-queue'
import { emission_ps, type FlightGrid } from './flight-time'

export interface FinderOptions {
  /** Full coincidence window. */
  window_ps: number
  /** Links to both ends; null for detectors on board. */
  alice: FlightGrid | null
  bob: FlightGrid
  prior: ClockPrior
}

/** One of Bob's events that has a partner. */
export interface Coincidence {
  event: number
  aliceSetting: number
  aliceOutcome: number
  bobSetting: number
}

/** Newer events wait: their partners may still come. */
const GUARD_PS = 1e6
/** The search is tried again when this much more time has been collected. */
const GROWTH = 1.25
/** How far undisciplined clocks are looked for, and after how long. */
const FAR = { span_ps: 2e11, maxDrift: 1.2e-6, bin_ps: 2e5 }
const FAR_AFTER_PS = 4e12
/** What flight times taken 0.2 s too early or late may add to the difference, on a low orbit. */
const MISPLACED: ClockPrior = { offset_ps: 6e6, drift: 6e-8 }
const NO_DIFFERENCE: ClockDifference = { offset_ps: 0, drift: 0 }
/** The far search takes this much of the streams: longer ones would not sharpen its peak. */
const FAR_STRETCH_PS = 1e12
/** Events that wait for a lock; beyond it the oldest are given up. */
const MOST_WAITING = 2_000_000

export class CoincidenceFinder {
  private readonly alice = new EventQueue()
  private readonly bob = new EventQueue()
  private line: ClockLine | null = null
  private announced = 0
  private tried_ps = 0
  private lookedFar = false

  constructor(private readonly options: FinderOptions) {}

  /** True when the clocks' difference is known. */
  get locked(): boolean {
    return this.line !== null
  }

  /** Rms time difference of coincidences about the clocks' difference, ps. */
  get residual_ps(): number {
    return this.line?.residual_ps ?? 0
  }

  /** Bob's clock minus Alice's, once known. */
  get clock(): ClockLine['now'] | null {
    return this.line?.now ?? null
  }

  /** Adds Alice's own events of one second. */
  addAlice({ time_ps, setting, outcome }: PairEvents): void {
    time_ps.forEach((tag_ps, i) =>
      this.alice.push({
        tag_ps,
        emitted_ps: emission_ps(this.options.alice, tag_ps),
        setting: setting[i],
        outcome: outcome[i],
        number: i,
      }),
    )
  }

  /** Adds the events that Bob announced. */
  addBob({ time_ps, setting }: Pick<PairEvents, 'time_ps' | 'setting'>): void {
    time_ps.forEach((tag_ps, i) =>
      this.bob.push({
        tag_ps,
        emitted_ps: this.emittedAtBob(tag_ps),
        setting: setting[i],
        outcome: 0,
        number: this.announced++,
      }),
    )
  }

  /** Coincidences whose time has come; all that are left with `final`. */
  take(final = false): Coincidence[] {
    if (!this.line) this.search(final)
    this.giveUpOldest()
    return this.line ? this.matched(this.line, final) : []
  }

  /** Overwrites every outcome. */
  erase(): void {
    this.alice.erase()
    this.bob.erase()
  }

  private emittedAtBob(tag_ps: number): number {
    const true_ps = this.line ? this.line.onAlicesClock_ps(tag_ps) : tag_ps
    return emission_ps(this.options.bob, true_ps)
  }

  private search(final: boolean): void {
    const collected_ps = Math.min(this.alice.newest_ps, this.bob.newest_ps)
    if (!final && collected_ps < GROWTH * this.tried_ps) return
    this.tried_ps = collected_ps
    this.line = this.near() ?? (this.isTimeForFar(collected_ps) ? this.far() : null)
  }

  /** Clocks within the prior of what is known already, by which Bob's events have been corrected. */
  private near(known = NO_DIFFERENCE, prior = this.options.prior): ClockLine | null {
    const [a, b] = [this.alice.emitted_ps(), this.bob.emitted_ps()]
    const found = findClockDifference(a, b, prior, this.options.window_ps)
    if (!found) return null
    const line = new ClockLine({
      offset_ps: known.offset_ps + found.offset_ps,
      drift: known.drift + found.drift,
    })
    this.correctBob(line)
    return line
  }

  /** One costly look for clocks far apart. */
  private isTimeForFar(collected_ps: number): boolean {
    if (this.lookedFar || collected_ps < FAR_AFTER_PS) return false
    this.lookedFar = true
    return true
  }

  /** Flight times were taken at wrong instants at first: found, corrected, and looked for twice again nearby. */
  private far(): ClockLine | null {
    const [a, b] = [this.alice.emitted_ps(), this.bob.emitted_ps()]
    const stretch = a.filter((time_ps) => time_ps < a[0] + FAR_STRETCH_PS)
    const found = findOffset(stretch, b, { ...FAR, resolution_ps: this.options.window_ps / 3 })
    if (!found) return null
    const { offset_ps, drift, at_ps } = found
    const coarse = { offset_ps: offset_ps - drift * at_ps, drift }
    this.correctBob(new ClockLine(coarse))
    const better = this.near(coarse, MISPLACED)
    const line = better && this.near(better.now)
    if (!line) this.correctBob(new ClockLine(NO_DIFFERENCE))
    return line
  }

  private correctBob(line: ClockLine): void {
    this.bob.forEach((event) => {
      event.emitted_ps = emission_ps(this.options.bob, line.onAlicesClock_ps(event.tag_ps))
    })
  }

  /** A lock that never comes must not fill the memory. */
  private giveUpOldest(): void {
    if (this.line || this.alice.length + this.bob.length < MOST_WAITING) return
    this.alice.drop(this.alice.length >> 1)
    const oldest_ps = this.alice.at(0)?.emitted_ps ?? Infinity
    let late = 0
    while ((this.bob.at(late)?.emitted_ps ?? Infinity) < oldest_ps) late += 1
    this.bob.drop(late)
  }

  private matched(line: ClockLine, final: boolean): Coincidence[] {
    const newest_ps = Math.min(this.alice.newest_ps, this.bob.newest_ps)
    const until_ps = final ? Infinity : newest_ps - GUARD_PS
    const half_ps = this.options.window_ps / 2
    const found: Coincidence[] = []
    let used = 0
    let done = 0
    for (let one = this.bob.at(0); one && one.emitted_ps <= until_ps; one = this.bob.at(++done)) {
      while ((this.alice.at(used)?.emitted_ps ?? Infinity) < one.emitted_ps - half_ps) used += 1
      const near = this.nearest(used, one.emitted_ps, half_ps)
      const partner = near < 0 ? undefined : this.alice.at(near)
      if (!partner) continue
      line.note(partner.emitted_ps, one.emitted_ps - partner.emitted_ps)
      found.push({
        event: one.number,
        aliceSetting: partner.setting,
        aliceOutcome: partner.outcome,
        bobSetting: one.setting,
      })
      used = near + 1
    }
    this.bob.drop(done)
    this.alice.drop(used)
    line.refit()
    return found
  }

  /** Index of Alice's event nearest to an instant, from an index on and within half the window; -1 for none. */
  private nearest(from: number, at_ps: number, half_ps: number): number {
    let best = -1
    let distance_ps = half_ps
    for (let i = from; ; i += 1) {
      const one = this.alice.at(i)
      if (!one || one.emitted_ps > at_ps + half_ps) return best
      if (Math.abs(one.emitted_ps - at_ps) > distance_ps) continue
      distance_ps = Math.abs(one.emitted_ps - at_ps)
      best = i
    }
  }
}
