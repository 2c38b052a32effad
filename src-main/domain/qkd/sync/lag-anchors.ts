/**
 * What fitted windows say of the lag in a window still to be fitted: the line through those of the last
 * four seconds, and how far it may be off. It keeps count of grid periods where drift gathers many of them.
 */

export interface Anchor {
  time_s: number
  lag_s: number
  /** Lag a second within the window. */
  slope: number
  /** Standard error of the lag. */
  error_s: number
  /** Length of the window. */
  window_s: number
}

export interface Foretold {
  /** Lag at the instant asked, and its change a second. */
  lag_s: number
  slope: number
  /** Five standard errors of the lag. */
  margin_s: number
}

const BASELINE_S = 4

export class LagAnchors {
  readonly #anchors = new Map<number, Anchor>()
  #numbers: number[] = []

  /** @param prior lag before any window is fitted. */
  constructor(private readonly prior: (time_s: number) => Foretold) {}

  get size(): number {
    return this.#numbers.length
  }

  /** Sets or renews the anchor of a window. */
  set(number: number, anchor: Anchor): void {
    if (!this.#anchors.has(number)) {
      const place = this.#placeAfter(number)
      this.#numbers.splice(place, 0, number)
    }
    this.#anchors.set(number, anchor)
  }

  /** The lag to expect in window `number` at an instant, from other windows only. */
  foretell(number: number, time_s: number): Foretold {
    const nearest = this.#nearest(number)
    if (nearest === null) return this.prior(time_s)
    const last = this.#anchors.get(this.#numbers[nearest]) as Anchor
    const first = this.#baseline(nearest, number)
    const away_s = time_s - last.time_s
    const baseline_s = last.time_s - first.time_s
    if (baseline_s === 0) {
      const error = (Math.sqrt(12) * last.error_s) / last.window_s
      return line(last, last.slope, away_s, error)
    }
    const slope = (last.lag_s - first.lag_s) / baseline_s
    return line(last, slope, away_s, Math.hypot(first.error_s, last.error_s) / Math.abs(baseline_s))
  }

  /** The farthest anchor within the baseline of the nearest one, on its side away from the window asked. */
  #baseline(nearest: number, number: number): Anchor {
    const at = (place: number) => this.#anchors.get(this.#numbers[place]) as Anchor
    const last = at(nearest)
    const step = this.#numbers[nearest] < number ? -1 : 1
    let place = nearest
    for (;;) {
      const next = place + step
      if (next < 0 || next >= this.#numbers.length || this.#numbers[next] === number) break
      if (Math.abs(at(next).time_s - last.time_s) > BASELINE_S) break
      place = next
    }
    return at(place)
  }

  #nearest(number: number): number | null {
    const after = this.#placeAfter(number)
    const here = after > 0 && this.#numbers[after - 1] === number ? after - 2 : after - 1
    const candidates = [here, after].filter((place) => this.#numbers[place] !== undefined)
    if (candidates.length === 0) return null
    const away = (place: number) => Math.abs(this.#numbers[place] - number)
    return candidates.reduce((a, b) => (away(b) < away(a) ? b : a))
  }

  /** First place whose number is above the given one, sought from the end, where the pass is. */
  #placeAfter(number: number): number {
    let place = this.#numbers.length
    while (place > 0 && this.#numbers[place - 1] > number) place--
    return place
  }
}

const line = (last: Anchor, slope: number, away_s: number, error: number): Foretold => ({
  lag_s: last.lag_s + slope * away_s,
  slope,
  margin_s: 5 * (last.error_s + error * Math.abs(away_s)),
})
