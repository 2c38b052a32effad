/** Bob, the ground station: announces, asks, verifies; runs the five phases from his side. */
import { ChannelEnd } from '../channel/channel-end'
import { decodeJson, encodeJson } from '../channel/message'
import { PartyKeys } from '../channel/party-keys'
import type { BobControl, BobStart, PartyReport, PublicParameters } from '../party-start'
import { bases } from '../sifted-key'
import type { TagBatch } from '../../domain/model/tags'
import { Detection } from './detection'
import { BobDistillation } from './distillation'
import { BobSifting } from './sifting'
import { WorkQueue } from './work-queue'

type Report = (report: PartyReport) => void
/** One second of tags, or the end of the exchange. */
type Work = ({ kind: 'tags'; slot: number } & TagBatch) | { kind: 'finish' }

export class Bob {
  private readonly work = new WorkQueue<Work>()
  private held = false

  constructor(
    private readonly start: BobStart,
    private readonly report: Report,
  ) {
    start.device.on('message', (tags: Work) => this.work.push(tags))
  }

  /** Opens or closes the receiver, or ends the exchange. */
  control(control: BobControl): void {
    if (control.kind === 'held') this.held = control.held
    else this.work.push({ kind: 'finish' })
  }

  /** Runs a whole pass; every way it can end is reported, none throws. */
  async run(): Promise<void> {
    const keys = new PartyKeys(this.start.startKey)
    const channel = new ChannelEnd(this.start.channel, 'bob', keys, this.start.patience_ms)
    const sifting = new BobSifting(channel)
    try {
      await this.converse(channel, sifting)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      channel.abort(reason)
      this.report({ kind: 'failed', reason })
    } finally {
      sifting.key.erase()
      keys.erase()
      channel.erase()
      this.report({ kind: 'erased' })
    }
  }

  private async converse(channel: ChannelEnd, sifting: BobSifting): Promise<void> {
    await this.greet(channel)
    await this.sift(sifting)
    channel.send('exchange-end', encodeJson({ detections: sifting.tally.detections }))
    await this.close(channel, 'sift', `${sifting.tally.keyBitsIn} bits sifted for the key`)
    const distillation = new BobDistillation(channel, sifting, this.start.parameters)
    try {
      await this.distil(channel, distillation)
    } finally {
      distillation.erase()
    }
  }

  private async distil(channel: ChannelEnd, distillation: BobDistillation): Promise<void> {
    channel.send('reconcile-start', new Uint8Array(0))
    const corrected = []
    for (const basis of bases) corrected.push(await distillation.reconcile(basis))
    await this.close(channel, 'reconcile', corrected.join(', '))
    const verified = []
    for (const basis of bases) verified.push(await distillation.verify(basis))
    const distilled = distillation.lengths()
    await this.close(channel, 'verify', verified.every(Boolean) ? 'both bases verified' : 'failed')
    const key = await distillation.amplify(distilled)
    await this.close(channel, 'amplify', `${distilled.figures.secret_bits} secret bits`)
    this.report({ kind: 'key', key, length_bits: distilled.figures.secret_bits })
    this.report({ kind: 'distilled', figures: distilled.figures })
  }

  private async close(
    channel: ChannelEnd,
    phase: 'start' | 'sift' | 'reconcile' | 'verify' | 'amplify',
    text: string,
  ): Promise<void> {
    await channel.closePhase(phase)
    this.report({ kind: 'phase-closed', phase, text })
  }

  /** Both sides must mean the same pass and source; a difference ends it before any photon. */
  private async greet(channel: ChannelEnd): Promise<void> {
    const { body } = await channel.receive('hello')
    const theirs = decodeJson('hello', body) as PublicParameters
    const same = JSON.stringify(theirs) === JSON.stringify(this.start.parameters)
    if (!same) throw new Error(`Starting ${this.start.parameters.contactId}: parameters differ.`)
    channel.send('hello-answer', encodeJson({ contactId: this.start.parameters.contactId }))
    await this.close(channel, 'start', 'both ends authenticated')
  }

  private async sift(sifting: BobSifting): Promise<void> {
    const detection = new Detection(this.start)
    for (;;) {
      const work = await this.work.next()
      if (work.kind === 'finish') return
      const gated = detection.take(work)
      const held = this.held
      const status = await sifting.announce(work.slot, held ? nothing(gated) : gated)
      this.report({ kind: 'slot', status: { ...status, held } })
    }
  }
}

/** While held, the receiver is closed: whatever was tagged is not used. */
function nothing<G extends { pulses: Float64Array; bases: Uint8Array; bits: Uint8Array }>(
  gated: G,
): G {
  return {
    ...gated,
    pulses: new Float64Array(0),
    bases: new Uint8Array(0),
    bits: new Uint8Array(0),
  }
}
