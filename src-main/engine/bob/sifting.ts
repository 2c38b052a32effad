/** Bob's side of sifting: announces each second's detections and keeps the matched, undisclosed bits. */
import { encodeAnnouncement } from '../../domain/qkd/detections'
import { decodeAnswer, type Answer } from '../channel/answer-message'
import type { ChannelEnd } from '../channel/channel-end'
import { encodeJson } from '../channel/message'
import type { Counts } from '../../domain/model/report'
import type { SlotStatus } from '../party-start'
import { SiftedKey } from '../sifted-key'
import { SiftingTally } from '../sifting-tally'
import type { Gated } from './detection'

export class BobSifting {
  readonly key = new SiftedKey()
  readonly tally = new SiftingTally()

  constructor(private readonly channel: ChannelEnd) {}

  /** Announces one second's detections and sifts them by Alice's answer. */
  async announce(slot: number, gated: Gated): Promise<Omit<SlotStatus, 'held'>> {
    this.channel.send(
      'detections',
      encodeAnnouncement({ pulses: gated.pulses, basis: gated.bases }),
    )
    const { body } = await this.channel.receive('matches')
    const answer = decodeAnswer(body, gated.pulses.length)
    const before = {
      signal: this.tally.siftedSignal,
      announced: [...this.tally.announced] as Counts,
    }
    const sample = this.sift(gated, answer)
    this.channel.send('sample-errors', encodeJson(sample))
    return {
      slot,
      tags: gated.tags,
      detections: gated.pulses.length,
      announced: difference(this.tally.announced, before.announced),
      sifted_bits: this.tally.siftedSignal - before.signal,
      sample_bits: answer.sample.bits.length,
      sample_errors: sample.errors,
      sync_residual_ns: gated.residual_ns,
      kept: { x: [...this.tally.kept.x], z: [...this.tally.kept.z] },
      error_rate: this.tally.sampleErrorRate(NaN),
    }
  }

  /** @returns errors in the disclosed sample: of all intensities, and of the signal. */
  private sift(gated: Gated, answer: Answer): { errors: number; signal_errors: number } {
    const found = { errors: 0, signal_errors: 0 }
    let disclosed = 0
    for (let i = 0; i < gated.pulses.length; i += 1) {
      const intensity = answer.intensity[i]
      this.tally.detection(intensity)
      if (answer.match[i] === 0) continue
      if (answer.sample.places[disclosed] !== i) this.keep(gated.bases[i], gated.bits[i], intensity)
      else {
        const error = answer.sample.bits[disclosed++] !== gated.bits[i]
        this.tally.sample(intensity, error)
        if (error) found.errors += 1
        if (error && intensity === 0) found.signal_errors += 1
      }
    }
    return found
  }

  private keep(basis: number, bit: number, intensity: number): void {
    const name = basis === 0 ? 'x' : 'z'
    this.key.add(name, bit, intensity)
    this.tally.keep(name, intensity)
  }
}

const difference = (after: Counts, before: Counts): Counts => [
  after[0] - before[0],
  after[1] - before[1],
  after[2] - before[2],
]
