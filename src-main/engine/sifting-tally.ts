/** Counts that both parties derive alike from what the channel carried; all of it public. */
import type { BasisCounts, Counts } from '../domain/model/report'
import { bases, type Basis } from './sifted-key'

const zero = (): Counts => [0, 0, 0]

export class SiftingTally {
  detections = 0
  /** Detections by announced intensity, matched or not. */
  readonly announced: Counts = zero()
  /** Matched basis, signal intensity, the sample included. */
  siftedSignal = 0
  sampleBits = 0
  sampleErrors = 0
  sampleSignalBits = 0
  sampleSignalErrors = 0
  /** Matched, by basis and intensity, without the sample: what the key is made of. */
  readonly kept: BasisCounts = { x: zero(), z: zero() }

  /** Counts an announced detection. */
  detection(intensity: number): void {
    this.detections += 1
    this.announced[intensity] += 1
  }

  /** Counts a matched bit that stays in the key. */
  keep(basis: Basis, intensity: number): void {
    this.kept[basis][intensity] += 1
    if (intensity === 0) this.siftedSignal += 1
  }

  /** Counts a matched bit that was disclosed. */
  sample(intensity: number, error: boolean): void {
    this.sampleBits += 1
    if (error) this.sampleErrors += 1
    if (intensity !== 0) return
    this.siftedSignal += 1
    this.sampleSignalBits += 1
    if (error) this.sampleSignalErrors += 1
  }

  /** Bits that enter reconciliation. */
  get keyBitsIn(): number {
    return bases.reduce((sum, basis) => sum + this.kept[basis].reduce((a, b) => a + b, 0), 0)
  }

  /** Error rate of the sample, or the given one while the sample is empty. */
  sampleErrorRate(otherwise: number): number {
    return this.sampleBits > 0 ? this.sampleErrors / this.sampleBits : otherwise
  }
}
