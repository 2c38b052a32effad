/**
 * Alice's search for coincidences, from time tags alone: predicted flight times are removed, the clocks' difference is
 * found once by its peak and then followed, and events within half the window of it are partners, each once.
 * Limit: an event with two partners takes the nearer one.
 */
import type { ClockLine } from './clock-line'
import { ClockLock, type LockOptions } from './clock-lock'
import type { PairEvents } from './events'
import { EventQueue } from './event-queue'
import { emission_ps, type FlightGrid } from './flight-time'

export interface FinderOptions extends LockOptions {
  /** Alice's link; null for detectors on board. */
  alice: FlightGrid | null
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
/** Events that wait for partners; beyond it the oldest are given up. */
const MOST_WAITING = 2_000_000

export class CoincidenceFinder {
  private readonly alice = new EventQueue()
  private readonly bob = new EventQueue()
  private line: ClockLine | null = null
  private announced = 0

  private readonly lock: ClockLock

  constructor(private readonly options: FinderOptions) {
    this.lock = new ClockLock({ alice: this.alice, bob: this.bob }, options)
  }

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
    this.line ??= this.lock.search(final)
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

  /** A lock that never comes, or a long hold at Bob's, must not fill the memory. */
  private giveUpOldest(): void {
    if (this.alice.length + this.bob.length < MOST_WAITING) return
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
