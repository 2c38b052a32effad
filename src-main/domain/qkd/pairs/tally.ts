/** Counts of an entangled pass that both parties derive alike from what the channel carried; all of it public. */
import type { BasisCounts } from '../../model/report'

/** Outcomes of one CHSH combination: 00, 01, 10, 11, Alice's first. */
export type ChshCell = [number, number, number, number]

export interface PerBasis {
  x: number
  z: number
}

const none = (): PerBasis => ({ x: 0, z: 0 })

export class PairTally {
  coincidences = 0
  /** Matched bits that stay in the key. */
  readonly kept = none()
  /** Matched bits disclosed to estimate the error rate, and the errors among them. */
  readonly tested = none()
  readonly testErrors = none()
  /** By combination: E(a,b), E(a,b'), E(a',b), E(a',b'). */
  readonly chsh: ChshCell[] = Array.from({ length: 4 }, (): ChshCell => [0, 0, 0, 0])
  /** Alice's events, and the accidental coincidences that both sides' rates make expect. */
  aliceEvents = 0
  bobEvents = 0
  accidentals = 0
  private marked = { coincidences: 0, kept: none(), tested: none(), testErrors: none() }

  /** What is counted now is final. */
  mark(): void {
    const { coincidences, kept, tested, testErrors } = this
    this.marked = {
      coincidences,
      kept: { ...kept },
      tested: { ...tested },
      testErrors: { ...testErrors },
    }
  }

  /** Takes back the coincidences counted since the mark. */
  rewind(): void {
    this.coincidences = this.marked.coincidences
    for (const name of ['kept', 'tested', 'testErrors'] as const)
      Object.assign(this[name], this.marked[name])
  }

  /** Counts a bit that was disclosed. */
  test(basis: 'x' | 'z', error: boolean): void {
    this.tested[basis] += 1
    if (error) this.testErrors[basis] += 1
  }

  /** Counts a CHSH coincidence by both outcomes. */
  bell(cell: number, alice: number, bob: number): void {
    this.chsh[cell][2 * alice + bob] += 1
  }

  /** n, the bits that enter reconciliation. */
  get keyBits(): number {
    return this.kept.x + this.kept.z
  }

  /** k, the disclosed bits. */
  get testBits(): number {
    return this.tested.x + this.tested.z
  }

  get testErrorsAll(): number {
    return this.testErrors.x + this.testErrors.z
  }

  /** Error rate of the test, or the given one while nothing was tested. */
  errorRate(otherwise: number): number {
    return this.testBits > 0 ? this.testErrorsAll / this.testBits : otherwise
  }

  /** Counts of the key bits as the report gives them: pairs have one intensity only. */
  get counts(): BasisCounts {
    return { x: [this.kept.x, 0, 0], z: [this.kept.z, 0, 0] }
  }
}
