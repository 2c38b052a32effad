/**
 * Alice's search for coincidences, from time tags alone: predicted flight times are removed, the clocks' difference is
 * found by its peak and then followed, and events within half the window of it are partners. The lock is watched
 * (lock-watch.ts). When it is lost, the coincidences since it was last confirmed are withdrawn, and the events without
 * a partner since then wait to be matched anew by the next lock; events that were answered once never come back.
 */
import { ClockLock, type LockOptions } from './clock-lock'
import type { ClockLine } from './clock-line'
import type { PairEvents } from './events'
import { EventQueue } from './event-queue'
import { emission_ps, type FlightGrid } from './flight-time'
import { LockWatch } from './lock-watch'
import { PartnerSearch, type Partners } from './partner-search'

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

/** What a look brought. */
export interface Taken {
  found: Coincidence[]
  /** Coincidences since the last confirmation are void. */
  withdrawn: boolean
  /** Those taken up to now will not be withdrawn any more. */
  confirmed: boolean
}

/** Newer events wait: their partners may still come. */
const GUARD_PS = 1e6
/** Events that wait for partners or a confirmation; beyond it the oldest are given up. */
const MOST_WAITING = 2_000_000
const NOTHING: Taken = { found: [], withdrawn: false, confirmed: false }

export class CoincidenceFinder {
  private readonly alice = new EventQueue()
  private readonly bob = new EventQueue()
  private readonly lock: ClockLock
  private readonly partners: PartnerSearch
  private readonly watch = new LockWatch()
  private line: ClockLine | null = null
  private announced = 0
  /** Alice's events of the second that Bob has not announced yet. */
  private fresh = 0

  constructor(private readonly options: FinderOptions) {
    const events = { alice: this.alice, bob: this.bob }
    this.lock = new ClockLock(events, options)
    this.partners = new PartnerSearch(events, options.window_ps / 2)
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

  /** Bob's events before this number will not be answered any more. */
  get settled(): number {
    return this.bob.at(0)?.number ?? this.announced
  }

  /** Adds Alice's own events of one second. */
  addAlice({ time_ps, setting, outcome }: PairEvents): void {
    this.fresh += time_ps.length
    time_ps.forEach((tag_ps, i) =>
      this.alice.push({
        ...{ tag_ps, emitted_ps: emission_ps(this.options.alice, tag_ps) },
        ...{ setting: setting[i], outcome: outcome[i], number: i, spent: false },
      }),
    )
  }

  /** Adds the events of one second that Bob announced. */
  addBob({ time_ps, setting }: Pick<PairEvents, 'time_ps' | 'setting'>): void {
    this.watch.expect((this.fresh * time_ps.length * this.options.window_ps) / 1e12)
    this.fresh = 0
    const line = this.line ?? this.lock.anchor
    time_ps.forEach((tag_ps, i) =>
      this.bob.push({
        ...{ tag_ps, emitted_ps: emission_ps(this.options.bob, line.onAlicesClock_ps(tag_ps)) },
        ...{ setting: setting[i], outcome: 0, number: this.announced++, spent: false },
      }),
    )
  }

  /** Coincidences whose time has come; all that are left with `final`. */
  take(final = false): Taken {
    const taken = this.look(final)
    if (!final || !taken.withdrawn) return taken
    return { ...this.look(final), withdrawn: true }
  }

  /** Overwrites every outcome. */
  erase(): void {
    this.alice.erase()
    this.bob.erase()
  }

  private look(final: boolean): Taken {
    this.giveUpOldest()
    this.line ??= this.lock.search(final)
    if (!this.line) return NOTHING
    const newest_ps = Math.min(this.alice.newest_ps, this.bob.newest_ps)
    const found = this.partners.until(final ? Infinity : newest_ps - GUARD_PS)
    const verdict = this.watch.judge(found.length)
    if (verdict === 'lost') return this.lose(found)
    this.follow(this.line, found)
    const coincidences = found.map(coincidenceOf)
    if (verdict === 'confirmed') this.partners.settle()
    return { found: coincidences, withdrawn: false, confirmed: verdict === 'confirmed' }
  }

  private follow(line: ClockLine, found: Partners[]): void {
    for (const { alice, bob } of found)
      line.note(alice.emitted_ps, bob.emitted_ps - alice.emitted_ps)
    line.refit()
  }

  /** Pairs just found were not answered yet: they wait again like the rest. */
  private lose(found: Partners[]): Taken {
    for (const { alice, bob } of found) alice.spent = bob.spent = false
    this.line = null
    this.partners.rewind()
    this.lock.restart()
    return { ...NOTHING, withdrawn: true }
  }

  /** A lock that never comes, or a long hold at Bob's, must not fill the memory. */
  private giveUpOldest(): void {
    if (this.alice.length + this.bob.length < MOST_WAITING) return
    const [ours, before] = [this.alice.length >> 1, this.bob.length]
    const oldest_ps = this.alice.at(ours)?.emitted_ps ?? Infinity
    let late = 0
    while ((this.bob.at(late)?.emitted_ps ?? Infinity) < oldest_ps) late += 1
    this.partners.drop(ours, late)
    if (before > 0) this.watch.keep(1 - late / before)
  }
}

const coincidenceOf = ({ alice, bob }: Partners): Coincidence => ({
  event: bob.number,
  aliceSetting: alice.setting,
  aliceOutcome: alice.outcome,
  bobSetting: bob.setting,
})
