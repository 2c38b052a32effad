/** What gated batches show of jitter, rate and background: measured inputs to the choice of a gate. */
import type { GatedTags } from './gate'
import { bestGateWidth, type GateChoice } from './gate-width'

export interface SpreadSource {
  pulse_rate_Hz: number
  intensities: readonly number[]
  probabilities: readonly number[]
  /** Share of wrong outcomes among signal detections. */
  error: number
  ceiling_ns: number
}

export class TagSpread {
  #duration_s = 0
  #numbered = 0
  #offGrid = 0
  /** Sum of the jitter's square, weighted with the tags that keep time. */
  #squares = 0

  /** @param span_s time that the batch covers. */
  add({ numbered, offGrid, jitter_ns }: GatedTags, span_s: number): void {
    this.#duration_s += span_s
    this.#numbered += numbered
    this.#offGrid += offGrid
    if (jitter_ns >= 0) this.#squares += jitter_ns ** 2 * (numbered - 2 * offGrid)
  }

  /** The gate of the most key (bestGateWidth); null without tags that keep time. Weak pulses, high loss. */
  bestGate(source: SpreadSource): GateChoice | null {
    const timed = this.#numbered - 2 * this.#offGrid
    if (!(timed > 0 && this.#duration_s > 0)) return null
    const { intensities, probabilities, pulse_rate_Hz, ceiling_ns } = source
    const photons = intensities.map((mu, k) => mu * probabilities[k])
    const share = photons[0] / photons.reduce((sum, one) => sum + one, 0)
    return bestGateWidth({
      jitter_ns: Math.sqrt(this.#squares / timed),
      signal_Hz: (timed * share) / this.#duration_s,
      background_Hz: (2 * this.#offGrid * probabilities[0]) / this.#duration_s,
      pulse_rate_Hz,
      intensity: intensities[0],
      error: Math.min(Math.max(source.error, 0), 0.5),
      ceiling_ns,
    })
  }
}
