/**
 * The clocks' difference followed along the pass: a straight line through the coincidences found so far, the older
 * ones weighing less (exponential memory), so that a slowly wandering drift is followed.
 */
import type { ClockDifference } from './clock-fit'

/** Memory of the fit: oscillators keep their drift for longer than a minute or two. */
const MEMORY_S = 120

export class ClockLine {
  private weight = 0
  private time = 0
  private timeSquare = 0
  private rest = 0
  private restTime = 0
  private restSquare = 0
  private last_s = -Infinity

  constructor(private line: ClockDifference) {}

  /** What Bob's clock is ahead of Alice's at an instant of hers, ps. */
  difference_ps(at_ps: number): number {
    return this.line.offset_ps + this.line.drift * at_ps
  }

  /** A time of Bob's clock as Alice's clock would have read it, ps. */
  onAlicesClock_ps(bob_ps: number): number {
    return (bob_ps - this.line.offset_ps) / (1 + this.line.drift)
  }

  /** Takes a coincidence: how far its difference lay beside the line. */
  note(at_ps: number, rest_ps: number): void {
    const at_s = at_ps / 1e12
    if (Number.isFinite(this.last_s))
      this.fade(Math.exp(-Math.max(0, at_s - this.last_s) / MEMORY_S))
    this.last_s = Math.max(this.last_s, at_s)
    this.weight += 1
    this.time += at_s
    this.timeSquare += at_s * at_s
    this.rest += rest_ps
    this.restTime += rest_ps * at_s
    this.restSquare += rest_ps * rest_ps
  }

  /** Moves the line to the coincidences noted; those stay noted, with their distances from the new line. */
  refit(): void {
    const spread = this.weight * this.timeSquare - this.time * this.time
    if (this.weight < 3 || spread <= 1e-6 * this.weight ** 2) return
    const slope = (this.weight * this.restTime - this.time * this.rest) / spread
    const shift = (this.rest - slope * this.time) / this.weight
    this.line = {
      offset_ps: this.line.offset_ps + shift,
      drift: this.line.drift + slope / 1e12,
    }
    this.shiftRests(shift, slope)
  }

  /** Rms distance of the coincidences from the line, ps; 0 with fewer than two. */
  get residual_ps(): number {
    return this.weight < 2 ? 0 : Math.sqrt(Math.max(0, this.restSquare / this.weight))
  }

  /** The line as it stands. */
  get now(): ClockDifference {
    return this.line
  }

  private shiftRests(shift: number, slope: number): void {
    const { weight, time, timeSquare, rest, restTime } = this
    this.restSquare +=
      shift * shift * weight +
      2 * shift * slope * time +
      slope * slope * timeSquare -
      2 * shift * rest -
      2 * slope * restTime
    this.rest = rest - shift * weight - slope * time
    this.restTime = restTime - shift * time - slope * timeSquare
  }

  private fade(factor: number): void {
    this.weight *= factor
    this.time *= factor
    this.timeSquare *= factor
    this.rest *= factor
    this.restTime *= factor
    this.restSquare *= factor
  }
}
