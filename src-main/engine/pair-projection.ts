/** The projected key of an entangled contact, worked out anew when the block has grown: the bounds are slow to ask. */
import { extractablePairs } from '../domain/qkd/pairs/projected'
import type { PairParameters } from './pair-start'
import type { SlotStatus } from './party-start'

/** Growth of the block that makes a new look worthwhile. */
const GROWTH = 1.05

export class PairProjection {
  private bits = NaN
  private asked = 0
  private tested = 0

  constructor(private readonly parameters: PairParameters) {}

  /** Projected secret bits after a second. */
  after({ kept, sample_bits, error_rate }: SlotStatus): number {
    this.tested += sample_bits
    const sifted = kept.x[0] + kept.z[0] + this.tested
    if (sifted < GROWTH * this.asked + 1) return this.bits
    this.asked = sifted
    this.bits = extractablePairs(sifted, error_rate, this.parameters)
    return this.bits
  }
}
