/**
 * When and how Alice looks for the difference of the clocks: disciplined clocks again and again while events come in (a
 * few coincidences are enough), clocks far apart once, by FFT correlation.
 * Limit: far clocks need a bright link, tens of coincidences a second.
 */
import { findOffset } from '../sync/find-offset'
import { findClockDifference, type ClockDifference, type ClockPrior } from './clock-search'
import { ClockLine } from './clock-line'
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
/** How far undisciplined clocks are looked for, and after how long. */
const FAR = { span_ps: 2e11, maxDrift: 1.2e-6, bin_ps: 2e5 }
const FAR_AFTER_PS = 4e12
/** The far search takes this much of the streams: longer ones would not sharpen its peak. */
const FAR_STRETCH_PS = 1e12
/** What flight times taken 0.2 s too early or late may add to the difference, on a low orbit. */
const MISPLACED: ClockPrior = { offset_ps: 6e6, drift: 6e-8 }
const NO_DIFFERENCE: ClockDifference = { offset_ps: 0, drift: 0 }

export class ClockLock {
  private tried_ps = 0
  private lookedFar = false

  constructor(
    private readonly events: WaitingEvents,
    private readonly options: LockOptions,
  ) {}

  /** The clocks' difference, Bob's events being corrected by it; null while no coincidences stand out. */
  search(final: boolean): ClockLine | null {
    const { alice, bob } = this.events
    const collected_ps = Math.min(alice.newest_ps, bob.newest_ps)
    if (!final && collected_ps < GROWTH * this.tried_ps) return null
    this.tried_ps = collected_ps
    return this.near() ?? (this.isTimeForFar(collected_ps) ? this.far() : null)
  }

  /** Clocks within the prior of what is known already, by which Bob's events have been corrected. */
  private near(known = NO_DIFFERENCE, prior = this.options.prior): ClockLine | null {
    const { alice, bob } = this.events
    const [a, b] = [alice.emitted_ps(), bob.emitted_ps()]
    const found = findClockDifference(a, b, prior, this.options.window_ps)
    if (!found) return null
    const line = new ClockLine({
      offset_ps: known.offset_ps + found.offset_ps,
      drift: known.drift + found.drift,
    })
    this.correctBob(line)
    return line
  }

  private isTimeForFar(collected_ps: number): boolean {
    if (this.lookedFar || collected_ps < FAR_AFTER_PS) return false
    this.lookedFar = true
    return true
  }

  /** Flight times were taken at wrong instants at first: found, corrected, and looked for twice again nearby. */
  private far(): ClockLine | null {
    const [a, b] = [this.events.alice.emitted_ps(), this.events.bob.emitted_ps()]
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
    this.events.bob.forEach((event) => {
      event.emitted_ps = emission_ps(this.options.bob, line.onAlicesClock_ps(event.tag_ps))
    })
  }
}
