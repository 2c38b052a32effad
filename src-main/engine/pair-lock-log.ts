/** Tells in the log when Alice's clocks lock on coincidences, and when that lock was dropped. */
import type { FlightLog } from './flight-log'
import type { SlotStatus } from './party-start'

export class PairLockLog {
  private locked = false

  constructor(private readonly log: FlightLog) {}

  /** Takes a second's figures; without a lock they have no residual. */
  note({ sync_residual_ns }: SlotStatus): void {
    const locked = !Number.isNaN(sync_residual_ns)
    if (locked === this.locked) return
    this.locked = locked
    if (locked) this.log.write('Clocks locked by coincidences of time tags', 'normal')
    else
      this.log.write(
        'Clock lock dropped: coincidences no longer exceed the accidentals (5 sigma); those since the last confirmation are withdrawn, searching again',
        'caution',
      )
  }
}
