/** What a contact says of its course: phases, holds and log entries, stamped by the mission clock. */
import type { Status } from '../domain/model/alarm'
import type { Phase } from '../domain/model/telemetry'
import { passEvents } from './pass-events'
import type { ContactTimes, EngineEvent } from './protocol'

export class FlightLog {
  /** The mission clock: the last instant worked off, so that no event is ahead of its telemetry. */
  reached_ms: number
  /** `prepare` until a phase was entered. */
  phase: Phase = 'prepare'
  private entered = false

  constructor(
    private readonly times: ContactTimes,
    private readonly emit: (event: EngineEvent) => void,
  ) {
    this.reached_ms = times.start_ms
  }

  /** Moves the mission clock on and logs the instants of the contact that it passed. */
  reach(utc_ms: number): void {
    this.reached_ms = utc_ms
    for (const entry of passEvents(this.times, utc_ms)) this.emit({ kind: 'log', entry })
  }

  /** Tells a phase once, when it begins. */
  enter(phase: Phase): void {
    if (this.entered && phase === this.phase) return
    this.entered = true
    this.phase = phase
    this.emit({ kind: 'phase', phase, utc_ms: this.reached_ms })
  }

  /** Tells that the receiver was closed or opened. */
  held(held: boolean): void {
    this.emit({ kind: 'held', held, utc_ms: this.reached_ms })
    if (held) this.write('Exchange held: receiver closed', 'caution')
    else this.write('Exchange resumed')
  }

  /** Writes an entry at the present mission time. */
  write(text: string, status?: Status): void {
    const entry = { utc_ms: this.reached_ms, text, ...(status ? { status } : {}) }
    this.emit({ kind: 'log', entry })
  }
}
