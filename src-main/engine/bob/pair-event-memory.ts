/** Bob's settings and outcomes by event number, until Alice has settled them; what is answered is overwritten at once. */
import type { PairEvents } from '../../domain/qkd/pairs/events'

/** No setting has this number: the event was answered. */
const ANSWERED = 255

/** Stretches of events are dropped as a whole. */
interface Stretch {
  first: number
  setting: Uint8Array
  outcome: Uint8Array
}

export class EventMemory {
  private stretches: Stretch[] = []
  private next = 0

  /** Remembers the events announced next. */
  add({ setting, outcome }: PairEvents): void {
    if (setting.length > 0) this.stretches.push({ first: this.next, setting, outcome })
    this.next += setting.length
  }

  /** Setting and outcome of an event. @throws Error when it is not remembered, or was answered before. */
  take(event: number): { setting: number; outcome: number } {
    const stretch = this.stretches.find(
      ({ first, setting }) => event >= first && event < first + setting.length,
    )
    if (!stretch) throw new Error(`Sifting: event ${event} is not remembered any more.`)
    const at = event - stretch.first
    const [setting, outcome] = [stretch.setting[at], stretch.outcome[at]]
    if (setting === ANSWERED) throw new Error(`Sifting: event ${event} was answered before.`)
    stretch.outcome[at] = 0
    stretch.setting[at] = ANSWERED
    return { setting, outcome }
  }

  /** Overwrites events that cannot be answered any more. */
  forgetBefore(event: number): void {
    while (this.stretches[0] && this.stretches[0].first + this.stretches[0].setting.length <= event)
      this.stretches.shift()?.outcome.fill(0)
  }

  /** Overwrites everything. */
  erase(): void {
    this.forgetBefore(Infinity)
  }
}
