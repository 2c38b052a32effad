/** Alice's side of sifting: answers each announcement and keeps her matched, undisclosed bits. */
import { decodeAnnouncement } from '../../domain/qkd/detections'
import { encodeAnswer } from '../channel/answer-message'
import { decodeJson } from '../channel/message'
import { OsRandomStream } from '../os-random'
import { SiftedKey } from '../sifted-key'
import { SiftingTally } from '../sifting-tally'
import { AnnouncedBlocks } from './announced-blocks'
import type { Preparation } from './preparation'

/** Share of the matched bits that is disclosed for the live error rate. */
const SAMPLE_SHARE = 0.02

export class AliceSifting {
  readonly key = new SiftedKey()
  readonly tally = new SiftingTally()
  private readonly random = new OsRandomStream()
  private readonly announced: AnnouncedBlocks
  private lastPulse = -1

  constructor(private readonly preparation: Preparation) {
    this.announced = new AnnouncedBlocks(preparation)
  }

  /** Announces the classes of a block that Bob needs for his clock; it is out of the key. @throws Error */
  announcePattern(body: Uint8Array): Uint8Array {
    return this.announced.answer(body, this.lastPulse)
  }

  /** @throws Error when an announcement is damaged or repeats a pulse. */
  answer(body: Uint8Array): Uint8Array {
    const { pulses, basis } = decodeAnnouncement(body)
    this.refuseRepeats(pulses)
    this.announced.refuseAny(pulses)
    const count = pulses.length
    const match = new Uint8Array(count)
    const intensity = new Uint8Array(count)
    const places: number[] = []
    const bits: number[] = []
    for (let i = 0; i < count; i += 1) {
      const state = this.preparation.recall(pulses[i])
      intensity[i] = state >> 2
      match[i] = ((state >> 1) & 1) === basis[i] ? 1 : 0
      this.tally.detection(intensity[i])
      if (match[i] === 0) continue
      if (this.random.uniform() < SAMPLE_SHARE) {
        places.push(i)
        bits.push(state & 1)
        this.tally.sample(intensity[i], false)
      } else this.keep(basis[i], state & 1, intensity[i])
    }
    if (count > 0) this.preparation.forgetBefore(pulses[count - 1])
    const sample = { places: Float64Array.from(places), bits: Uint8Array.from(bits) }
    return encodeAnswer({ match, intensity, sample })
  }

  /** Takes Bob's count of errors in the sample just disclosed. */
  noteSampleErrors(body: Uint8Array): void {
    const { errors, signal_errors } = decodeJson('sample-errors', body) as Record<string, unknown>
    if (!isCount(errors) || !isCount(signal_errors) || signal_errors > errors)
      throw new Error(`Reading sample-errors: ${String(errors)} and ${String(signal_errors)}.`)
    this.tally.sampleErrors += errors
    this.tally.sampleSignalErrors += signal_errors
  }

  private keep(basis: number, bit: number, intensity: number): void {
    const name = basis === 0 ? 'x' : 'z'
    this.key.add(name, bit, intensity)
    this.tally.keep(name, intensity)
  }

  /** A pulse announced twice would disclose the same bit twice. */
  private refuseRepeats(pulses: Float64Array): void {
    for (const pulse of pulses) {
      if (pulse <= this.lastPulse)
        throw new Error(`Sifting: pulse ${pulse} was announced after pulse ${this.lastPulse}.`)
      this.lastPulse = pulse
    }
  }
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0
