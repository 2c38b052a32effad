/** Bob's station in an entangled contact: announces, asks, verifies; the five phases from his side. */
import type { TagBatch } from '../../domain/model/tags'
import { ChannelEnd, Stopped } from '../channel/channel-end'
import { decodeJson, encodeJson, type ChannelPhase } from '../channel/message'
import { PartyKeys } from '../channel/party-keys'
import type { PairControl, PairPartyStart } from '../pair-start'
import { failureReport } from '../party-failure'
import type { PartyKernels } from '../party-kernels'
import type { PartyReport, SlotStatus } from '../party-start'
import { BobPairDistillation } from './pair-distillation'
import { BobPairSifting, type Sifted } from './pair-sifting'
import { WorkQueue } from './work-queue'
import { orErase } from '../sifted-key'

type Report = (report: PartyReport) => void
/** One second of tags, or the end of the exchange. */
type Tags = { kind: 'tags'; slot: number } & TagBatch
type Work = Tags | { kind: 'finish' }

export class PairBob {
  private readonly work = new WorkQueue<Work>()
  private held = false
  private channel: ChannelEnd | null = null

  constructor(
    private readonly start: PairPartyStart,
    private readonly kernels: PartyKernels,
    private readonly report: Report,
  ) {
    start.device.on('message', (tags: Tags) => this.work.push(tags))
  }

  /** Opens or closes the receiver, ends the exchange, or stops him: then he overwrites what he holds. */
  control(control: PairControl): void {
    if (control.kind === 'held') this.held = control.held
    else if (control.kind === 'finish') this.work.push({ kind: 'finish' })
    else {
      this.channel?.stop(control.reason)
      this.work.fail(new Stopped(control.reason))
    }
  }

  /** Runs a whole contact; every way it can end is reported, none throws. */
  async run(): Promise<void> {
    const keys = new PartyKeys(this.start.startKey)
    const channel = new ChannelEnd(this.start.channel, 'bob', keys, this.start.patience_ms)
    this.channel = channel
    const sifting = new BobPairSifting(this.start.parameters)
    try {
      await this.converse(channel, sifting)
    } catch (error) {
      const failed = failureReport(error)
      channel.abort(failed.reason)
      this.report(failed)
    } finally {
      sifting.erase()
      keys.erase()
      channel.erase()
      this.report({ kind: 'erased' })
    }
  }

  private async converse(channel: ChannelEnd, sifting: BobPairSifting): Promise<void> {
    await this.greet(channel)
    await this.sift(channel, sifting)
    await this.disclose(channel, sifting)
    const { tally } = sifting
    const sifted = `${tally.coincidences} coincidences, ${tally.keyBits} bits for the key`
    await this.close(channel, 'sift', `${sifted}, ${tally.testBits} for the test`)
    const distillation = new BobPairDistillation(
      ...([channel, sifting, this.start.parameters, this.kernels] as const),
    )
    try {
      await this.distil(channel, distillation)
    } finally {
      distillation.erase()
    }
  }

  private async distil(channel: ChannelEnd, distillation: BobPairDistillation): Promise<void> {
    channel.send('reconcile-start', new Uint8Array(0))
    await this.close(channel, 'reconcile', await distillation.reconcile())
    const verified = await distillation.verify()
    const figures = distillation.lengths()
    await this.close(channel, 'verify', verified ? 'the block is verified' : 'failed')
    const key = await distillation.amplify(figures)
    await orErase(key, this.close(channel, 'amplify', `${figures.secret_bits} secret bits`))
    this.report({ kind: 'key', key, length_bits: figures.secret_bits })
    this.report({ kind: 'distilled', figures })
  }

  private async close(channel: ChannelEnd, phase: ChannelPhase, text: string): Promise<void> {
    await channel.closePhase(phase)
    this.report({ kind: 'phase-closed', phase, text })
  }

  /** Both sides must mean the same contact and source; a difference ends it before any photon. */
  private async greet(channel: ChannelEnd): Promise<void> {
    const { contactId } = this.start.parameters
    const { body } = await channel.receive('hello')
    const same = JSON.stringify(decodeJson('hello', body)) === JSON.stringify(this.start.parameters)
    if (!same) throw new Error(`Starting ${contactId}: parameters differ.`)
    channel.send('hello-answer', encodeJson({ contactId }))
    await this.close(channel, 'start', 'both ends authenticated')
  }

  private async sift(channel: ChannelEnd, sifting: BobPairSifting): Promise<void> {
    for (;;) {
      const work = await this.work.next()
      if (work.kind === 'finish') return
      const { held } = this
      const since = sifting.nextEvent
      channel.send('detections', sifting.announce(work, held))
      const sifted = sifting.sift((await channel.receive('matches')).body, since)
      channel.send('sample-errors', sifted.reply)
      const tags = work.time_ps.length
      const status = statusOf(sifting, sifted, { slot: work.slot, held, tags })
      this.report({ kind: 'slot', status })
    }
  }

  /** What is left to be matched, then the test and the Bell test. */
  private async disclose(channel: ChannelEnd, sifting: BobPairSifting): Promise<void> {
    channel.send('exchange-end', encodeJson({ events: sifting.nextEvent }))
    const { reply } = sifting.sift((await channel.receive('matches')).body, 0)
    channel.send('sample-errors', reply)
    channel.send('sample-errors', sifting.disclose((await channel.receive('matches')).body))
  }
}

/** A second's public figures; before the clocks are locked nothing is known of it, and the residual is NaN. */
function statusOf(
  { tally }: BobPairSifting,
  sifted: Sifted,
  second: Pick<SlotStatus, 'slot' | 'held' | 'tags'>,
): SlotStatus {
  return {
    ...second,
    detections: sifted.coincidences,
    announced: [sifted.coincidences, 0, 0],
    sifted_bits: sifted.sifted,
    sample_bits: sifted.sample,
    sample_errors: sifted.errors,
    sync_residual_ns: sifted.locked ? sifted.residual_ps / 1000 : NaN,
    kept: tally.counts,
    error_rate: tally.errorRate(NaN),
  }
}
