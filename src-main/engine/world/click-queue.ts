/** Several columns of clicks, each in time order, read in runs: a source's clicks before the next of any other. */
import { emptyClicks, type Clicks } from './clicks'

export class ClickQueue {
  private sources: Clicks[] = []
  private places: number[] = []
  private source = 0
  /** End of the run at the front; its first click counts even at this very instant. */
  until_ps = -Infinity

  /** The source at the front. */
  get front(): Clicks {
    return this.sources[this.source]
  }
  /** Place of its next click; to be moved on when it is taken. */
  get place(): number {
    return this.places[this.source]
  }
  set place(next: number) {
    this.places[this.source] = next
  }

  /** Clicks that are left. */
  get size(): number {
    return this.sources.reduce((sum, { time_ps }, i) => sum + time_ps.length - this.places[i], 0)
  }

  /** Adds sources to what is left; each must be in time order. */
  feed(more: Clicks[]): void {
    const left = this.left()
    this.sources = [left, ...more].filter(({ time_ps }) => time_ps.length > 0)
    this.places = this.sources.map(() => 0)
  }

  /** Goes to the source with the earliest click before an instant; false when there is none. */
  seek(before_ps: number): boolean {
    let first_ps = Infinity
    let second_ps = Infinity
    for (let i = 0; i < this.sources.length; i++) {
      const { time_ps } = this.sources[i]
      const place = this.places[i]
      const next_ps = place < time_ps.length ? time_ps[place] : Infinity
      if (next_ps < first_ps) {
        second_ps = first_ps
        first_ps = next_ps
        this.source = i
      } else if (next_ps < second_ps) second_ps = next_ps
    }
    this.until_ps = Math.min(before_ps, second_ps)
    return first_ps < before_ps
  }

  /** What is left of all sources, as one column. */
  private left(): Clicks {
    const left = emptyClicks(this.size)
    for (let k = 0; this.seek(Infinity); k++) {
      const { front, place } = this
      left.time_ps[k] = front.time_ps[place]
      left.channel[k] = front.channel[place]
      left.after_ps[k] = front.after_ps[place]
      this.place = place + 1
    }
    return left
  }
}
