/** Events of one station that wait for their partners, in time order; what is done with is overwritten. */

/** One event: its instant by its own clock, when its photon left by that clock, and what the station knows of it. */
export interface WaitingEvent {
  tag_ps: number
  emitted_ps: number
  setting: number
  /** Own outcome; 0 for the other side's events. */
  outcome: number
  /** Number in the order of announcement. */
  number: number
  /** It has a partner. */
  spent: boolean
}

export class EventQueue {
  private events: WaitingEvent[] = []
  private head = 0

  /** Adds an event that is not before the last one. */
  push(event: WaitingEvent): void {
    this.events.push(event)
  }

  get length(): number {
    return this.events.length - this.head
  }

  /** The i-th waiting event; undefined beyond the last. */
  at(index: number): WaitingEvent | undefined {
    return this.events[this.head + index]
  }

  /** Every waiting event, to be corrected. */
  forEach(correct: (event: WaitingEvent) => void): void {
    for (let i = this.head; i < this.events.length; i += 1) correct(this.events[i])
  }

  /** Instant of emission of the newest event; -Infinity when none waits. */
  get newest_ps(): number {
    return this.length > 0 ? this.events[this.events.length - 1].emitted_ps : -Infinity
  }

  /** Instants of emission of all waiting events. */
  emitted_ps(): Float64Array {
    return Float64Array.from(
      { length: this.length },
      (_, i) => this.events[this.head + i].emitted_ps,
    )
  }

  /** Drops the oldest events. */
  drop(count: number): void {
    for (let i = 0; i < count; i += 1) this.events[this.head + i].outcome = 0
    this.head += count
    if (this.head < 4096 || this.head < this.events.length / 2) return
    this.events = this.events.slice(this.head)
    this.head = 0
  }

  /** Drops the events that have a partner. */
  dropSpent(): void {
    const waiting = this.events.slice(this.head)
    for (const event of waiting) if (event.spent) event.outcome = 0
    this.events = waiting.filter(({ spent }) => !spent)
    this.head = 0
  }

  /** Overwrites and drops everything. */
  erase(): void {
    this.drop(this.length)
    this.events = []
    this.head = 0
  }
}
