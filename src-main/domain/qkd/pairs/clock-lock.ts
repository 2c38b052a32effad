/**
 * When and how Alice looks for the difference of the clocks: disciplined clocks again and again while events come in,
 * clocks far apart by FFT correlation. A peak that stands out is a lock only when its line can be continued: five
 * sigma of it, two seconds ahead of the newest event, within a quarter of the window. Until then she waits, and nothing
 * is lost: the events wait as well.
 * Limit: far clocks need a bright link, tens of coincidences a second.
 */
import { findOffset } from '../sync/find-offset'
import {
  errorAt_ps,
  NO_DIFFERENCE,
  sumOf,
  type ClockDifference,
  type FoundDifference,
} from './clock-fit'
import { ClockLine } from './clock-line'
import { findClockDifference, type ClockPrior } from './clock-search'
import type { EventQueue } from './event-queue'
import { emission_ps, type FlightGrid } from './flight-time'

/** Both stations' waiting events. */
export interface WaitingEvents {
  alice: EventQueue
  bob: EventQueue
}

export interface LockOptions {
  /** Full coincidence window. */
  window_ps: number
  /** Bob's link. */
  bob: FlightGrid
  prior: ClockPrior
}

/** The search is tried again when this much more time has been collected. */
const GROWTH = 1.25
/** A line must hold this far ahead, by so many of its standard errors, within this share of the window. */
const AHEAD_PS = 2e12
const SIGMAS = 5
const SHARE_OF_WINDOW = 0.25
/** How far undisciplined clocks are looked for, and after how long. */
const FAR = { span_ps: 2e11, maxDrift: 1.2e-6, bin_ps: 2e5 }
const FAR_AFTER_PS = 4e12
/** The far search takes this much of the streams: longer ones would not sharpen its peak. */
const FAR_STRETCH_PS = 1e12
/** What flight times taken 0.2 s too early or late may add to the difference, on a low orbit. */
const MISPLACED: ClockPrior = { offset_ps: 6e6, drift: 6e-8 }

export class ClockLock {
  /** The difference about which the prior holds; Bob's waiting events are corrected by it. */
  private about = NO_DIFFERENCE
  private begun_ps = 0
  private tried_ps = 0
  private lookedFar = false

  constructor(
    private readonly events: WaitingEvents,
    private readonly options: LockOptions,
  ) {}

  /** The line that corrects Bob's events while nothing is locked. */
  get anchor(): ClockLine {
    return new ClockLine(this.about)
  }

  /**
   * The clocks' difference, Bob's waiting events being corrected by it; null while it is not sure.
   * @param final no event will follow: the line need not be continued.
   */
  search(final: boolean): ClockLine | null {
    const collected_ps = this.newest_ps - this.begun_ps
    if (!final && collected_ps < GROWTH * this.tried_ps) return null
    this.tried_ps = collected_ps
    const line = this.near(final)
    if (line || !this.isTimeForFar(collected_ps)) return line
    return this.far() ? this.near(final) : null
  }

  /** Begins anew with the events that wait now, after a lock was lost. */
  restart(): void {
    this.begun_ps = this.events.bob.at(0)?.emitted_ps ?? this.newest_ps
    this.tried_ps = 0
    // What was looked for far away without success is not there now either.
    if (this.about !== NO_DIFFERENCE) this.lookedFar = false
    this.correctBob(this.about)
  }

  private get newest_ps(): number {
    return Math.min(this.events.alice.newest_ps, this.events.bob.newest_ps)
  }

  /** Clocks within the prior of what is known already. */
  private near(final: boolean): ClockLine | null {
    const first = this.find(this.options.prior)
    const found = first && this.sharpened(first)
    const isSure = found && (final || this.canBeContinued(found))
    this.correctBob(isSure ? found : this.about)
    return isSure ? new ClockLine({ offset_ps: found.offset_ps, drift: found.drift }) : null
  }

  /** The same line through everything that waits: bright streams are searched in their first seconds only. */
  private sharpened(first: FoundDifference): FoundDifference | null {
    const coarse = sumOf(this.about, first)
    this.correctBob(coarse)
    const offset_ps = 4 * this.options.window_ps
    const rest = this.find({ offset_ps, drift: SIGMAS * first.driftError })
    return rest && { ...rest, ...sumOf(coarse, rest) }
  }

  private canBeContinued(found: FoundDifference): boolean {
    const error_ps = errorAt_ps(found, this.newest_ps + AHEAD_PS)
    return SIGMAS * error_ps <= SHARE_OF_WINDOW * this.options.window_ps
  }

  private isTimeForFar(collected_ps: number): boolean {
    if (this.lookedFar || collected_ps < FAR_AFTER_PS) return false
    this.lookedFar = true
    return true
  }

  /** Flight times were taken at wrong instants at first: found, corrected, and looked for again nearby. */
  private far(): boolean {
    this.correctBob(NO_DIFFERENCE)
    const coarse = this.coarse()
    if (coarse) this.correctBob(coarse)
    const better = coarse && this.find(MISPLACED)
    if (better) this.about = sumOf(coarse, better)
    this.correctBob(this.about)
    return better !== null
  }

  private coarse(): ClockDifference | null {
    const [a, b] = [this.events.alice.emitted_ps(), this.events.bob.emitted_ps()]
    const stretch = a.filter((time_ps) => time_ps < a[0] + FAR_STRETCH_PS)
    const found = findOffset(stretch, b, { ...FAR, resolution_ps: this.options.window_ps / 3 })
    return found && { offset_ps: found.offset_ps - found.drift * found.at_ps, drift: found.drift }
  }

  private find(prior: ClockPrior): FoundDifference | null {
    const [a, b] = [this.events.alice.emitted_ps(), this.events.bob.emitted_ps()]
    return findClockDifference(a, b, prior, this.options.window_ps)
  }

  private correctBob({ offset_ps, drift }: ClockDifference): void {
    const line = new ClockLine({ offset_ps, drift })
    this.events.bob.forEach((event) => {
      event.emitted_ps = emission_ps(this.options.bob, line.onAlicesClock_ps(event.tag_ps))
    })
  }
}
