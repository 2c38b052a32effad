/**
 * Partners among two queues of events, from where the last search ended: events within half the window of one another,
 * each once. Events that were passed stay in their queues until the lock that paired them is confirmed.
 * Limit: an event with two partners takes the nearer one.
 */
import type { WaitingEvents } from './clock-lock'
import type { WaitingEvent } from './event-queue'

export interface Partners {
  alice: WaitingEvent
  bob: WaitingEvent
}

export class PartnerSearch {
  /** Events passed so far, in either queue. */
  private used = 0
  private done = 0

  constructor(
    private readonly events: WaitingEvents,
    private readonly half_ps: number,
  ) {}

  /** Pairs Bob's events up to an instant of emission. */
  until(until_ps: number): Partners[] {
    const { alice, bob } = this.events
    const found: Partners[] = []
    for (let one = bob.at(this.done); one && one.emitted_ps <= until_ps;) {
      const first_ps = one.emitted_ps - this.half_ps
      while ((alice.at(this.used)?.emitted_ps ?? Infinity) < first_ps) this.used += 1
      const near = this.nearest(one.emitted_ps)
      const partner = near < 0 ? undefined : alice.at(near)
      if (partner) {
        partner.spent = one.spent = true
        found.push({ alice: partner, bob: one })
        this.used = near + 1
      }
      one = bob.at((this.done += 1))
    }
    return found
  }

  /** Drops what was passed: the lock is confirmed. */
  settle(): void {
    this.drop(this.used, this.done)
  }

  /** Goes back to the oldest event that waits without a partner. */
  rewind(): void {
    this.events.alice.dropSpent()
    this.events.bob.dropSpent()
    this.used = 0
    this.done = 0
  }

  /** Drops the oldest events of both queues. */
  drop(alice: number, bob: number): void {
    this.events.alice.drop(alice)
    this.events.bob.drop(bob)
    this.used = Math.max(0, this.used - alice)
    this.done = Math.max(0, this.done - bob)
  }

  /** Index of Alice's event nearest to an instant, from those not passed and within half the window; -1 for none. */
  private nearest(at_ps: number): number {
    let best = -1
    let distance_ps = this.half_ps
    for (let i = this.used; ; i += 1) {
      const one = this.events.alice.at(i)
      if (!one || one.emitted_ps > at_ps + this.half_ps) return best
      if (Math.abs(one.emitted_ps - at_ps) > distance_ps) continue
      distance_ps = Math.abs(one.emitted_ps - at_ps)
      best = i
    }
  }
}
