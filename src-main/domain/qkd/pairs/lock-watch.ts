/**
 * Watches whether a lock still holds: coincidences must exceed the accidentals that the measured singles make expect,
 * R_A R_B tau. The count since the last confirmation is judged again and again:
 * confirmed, when accidentals alone would reach it with less than 2.9e-7 (5 sigma);
 * lost, when a quarter of the excess last confirmed, in proportion to the accidentals, would stay that low with less
 * than 2.9e-7 (5 sigma). The ratio of both is the source's and nearly the same at any loss, so that a fading link is
 * no lost lock; a cloud may be one, which costs nothing: its events wait for the next lock.
 * Limit: a look is one second; probabilities are per look.
 */
import { LOG_FIVE_SIGMA, logPoissonTail } from './poisson-tail'

export type Verdict = 'confirmed' | 'open' | 'lost'

/** Backgrounds that rise, and clocks that wander inside the window, may take this much of the excess between two looks. */
const LEAST_SHARE = 0.25

export class LockWatch {
  private count = 0
  private expected = 0
  /** Excess over accidentals, per accidental, when last confirmed. */
  private ratio: number | null = null

  /** Adds the accidentals that the singles of a second make expect. */
  expect(accidentals: number): void {
    this.expected += accidentals
  }

  /** Judges the coincidences found since the last call together with those still open. */
  judge(found: number): Verdict {
    this.count += found
    const { count, expected } = this
    if (count > expected && logPoissonTail(count, expected) < LOG_FIVE_SIGMA) return this.confirm()
    return this.isLost() ? this.lose() : 'open'
  }

  /** Events that waited were given up: this share of the expectation is left. */
  keep(share: number): void {
    this.expected *= share
  }

  /** A lock that was never confirmed is none. */
  private isLost(): boolean {
    if (this.ratio === null) return true
    const least = this.expected * (1 + LEAST_SHARE * this.ratio)
    return this.count < least && logPoissonTail(this.count, least) < LOG_FIVE_SIGMA
  }

  private confirm(): Verdict {
    // A single unexpected accidental would make the ratio endless.
    this.ratio = (this.count - this.expected) / Math.max(this.expected, 1e-3)
    this.count = 0
    this.expected = 0
    return 'confirmed'
  }

  /** What is expected stays: its events wait for the next lock. */
  private lose(): Verdict {
    this.count = 0
    this.ratio = null
    return 'lost'
  }
}
