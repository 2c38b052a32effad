/** The last seconds of tags of one kind, in time order. */
import { firstNotBelow } from './tag-pairs'

/** Tags older than this are of no use to tags still to come. */
const KEEP_PS = 4e12

export class TagStore {
  #times_ps: number[] = []

  /** Adds a tag that is not before the last one. */
  add(time_ps: number): void {
    this.#times_ps.push(time_ps)
    if (time_ps - this.#times_ps[0] > 2 * KEEP_PS) {
      this.#times_ps = this.#times_ps.slice(firstNotBelow(this.#times_ps, time_ps - KEEP_PS))
    }
  }

  /** A copy of the tags in [from_ps, to_ps). */
  between(from_ps: number, to_ps: number): Float64Array {
    const times = this.#times_ps
    return Float64Array.from(
      times.slice(firstNotBelow(times, from_ps), firstNotBelow(times, to_ps)),
    )
  }
}
