/**
 * Alice's memory of the pulses she prepared. The world asks for a pulse when it will matter and names its
 * intensity class and basis; her bit comes from the operating system and never leaves by another way than the
 * photon. Pulses that Bob announces without a request (dark counts) she draws then: the same distribution.
 */
import { OsRandomStream } from '../os-random'

export interface Source {
  pulse_rate_Hz: number
  probabilities: readonly number[]
  basis_x_probability: number
}

/** Seconds of preparations kept for announcements still under way. */
const KEPT_SECONDS = 8

export class Preparation {
  private readonly random = new OsRandomStream()
  /** Second -> pulse -> intensity << 2 | basis << 1 | bit. */
  private readonly seconds = new Map<number, Map<number, number>>()

  constructor(private readonly source: Source) {}

  /**
   * Prepares pulses with the given intensity classes and bases (0 X, 1 Z).
   * @returns the bit of each; a pulse already prepared keeps its state.
   */
  prepare(pulses: Float64Array, intensity: Uint8Array, basis: Uint8Array): Uint8Array {
    const bits = new Uint8Array(pulses.length)
    for (let i = 0; i < pulses.length; i += 1)
      bits[i] = this.remember(pulses[i], (intensity[i] << 2) | (basis[i] << 1)) & 1
    return bits
  }

  /** The state of a pulse: intensity << 2 | basis << 1 | bit. */
  recall(pulse: number): number {
    return this.second(pulse).get(pulse) ?? this.remember(pulse, this.drawClass())
  }

  /** The intensity class of a pulse: of one never asked for a fresh draw, which is not kept. */
  intensityOf(pulse: number): number {
    return (this.second(pulse).get(pulse) ?? this.drawClass()) >> 2
  }

  /** Forgets pulses long before this one. */
  forgetBefore(pulse: number): void {
    const oldest = Math.floor(pulse / this.source.pulse_rate_Hz) - KEPT_SECONDS
    for (const second of this.seconds.keys()) if (second < oldest) this.forget(second)
  }

  /** Overwrites every pulse: after a pass nothing of it is left here. */
  erase(): void {
    for (const second of this.seconds.keys()) this.forget(second)
    this.random.erase()
  }

  private forget(index: number): void {
    const second = this.seconds.get(index)
    for (const pulse of second?.keys() ?? []) second?.set(pulse, 0)
    this.seconds.delete(index)
  }

  private remember(pulse: number, intensityAndBasis: number): number {
    const second = this.second(pulse)
    const known = second.get(pulse)
    if (known !== undefined) return known
    const state = intensityAndBasis | this.random.bit()
    second.set(pulse, state)
    return state
  }

  private drawClass(): number {
    const [signal, decoy] = this.source.probabilities
    const u = this.random.uniform()
    const intensity = u < signal ? 0 : u < signal + decoy ? 1 : 2
    const basis = this.random.uniform() < this.source.basis_x_probability ? 0 : 1
    return (intensity << 2) | (basis << 1)
  }

  private second(pulse: number): Map<number, number> {
    const index = Math.floor(pulse / this.source.pulse_rate_Hz)
    let second = this.seconds.get(index)
    if (!second) this.seconds.set(index, (second = new Map()))
    return second
  }
}
