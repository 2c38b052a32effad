/** Alice's end of an entangled contact, a station or the detectors on board: the five phases from her side. */
import type { TagBatch } from '../../domain/model/tags'
import { ChannelEnd } from '../channel/channel-end'
import { encodeJson } from '../channel/message'
import { PartyKeys } from '../channel/party-keys'
import type { PairAliceStart, PairControl } from '../pair-start'
import { failureReport } from '../party-failure'
import type { PartyKernels } from '../party-kernels'
import type { PartyReport } from '../party-start'
import { AlicePairDistillation } from './pair-distillation'
import { AlicePairSifting } from './pair-sifting'
import { TagStore } from './pair-tag-store'
import { orErase } from '../sifted-key'

type Report = (report: PartyReport) => void

export class PairAlice {
  private readonly tags: TagStore
  private channel: ChannelEnd | null = null

  constructor(
    private readonly start: PairAliceStart,
    private readonly kernels: PartyKernels,
    private readonly report: Report,
  ) {
    this.tags = new TagStore(start.patience_ms)
    start.device.on('message', ({ slot, ...batch }: TagBatch & { slot: number }) =>
      this.tags.put(slot, batch),
    )
  }

  /** Told to stop, she gives up and overwrites what she holds. */
  control(control: PairControl): void {
    if (control.kind !== 'stop') return
    this.channel?.stop(control.reason)
    this.tags.stop(control.reason)
  }

  /** Runs a whole contact; every way it can end is reported, none throws. */
  async run(): Promise<void> {
    const keys = new PartyKeys(this.start.startKey)
    const sifting = new AlicePairSifting(this.start)
    const channel = new ChannelEnd(this.start.channel, 'alice', keys, this.start.patience_ms)
    this.channel = channel
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

  private async converse(channel: ChannelEnd, sifting: AlicePairSifting): Promise<void> {
    channel.send('hello', encodeJson(this.start.parameters))
    await channel.receive('hello-answer')
    await channel.closePhase('start')
    await this.sift(channel, sifting)
    await channel.closePhase('sift')
    const distillation = new AlicePairDistillation(
      ...([channel, sifting, this.start.parameters, this.kernels] as const),
    )
    try {
      await this.distil(channel, distillation)
    } finally {
      distillation.erase()
    }
  }

  /** Second by second, then what is left, then the test and the Bell test. */
  private async sift(channel: ChannelEnd, sifting: AlicePairSifting): Promise<void> {
    for (let slot = 0; ; slot += 1) {
      const message = await channel.receive('detections', 'exchange-end')
      const isLast = message.kind === 'exchange-end'
      if (!isLast) sifting.takeTags(await this.tags.take(slot))
      channel.send('matches', isLast ? sifting.finish() : sifting.answer(message.body))
      sifting.noteSample((await channel.receive('sample-errors')).body)
      if (isLast) break
    }
    channel.send('matches', sifting.disclose())
    sifting.noteDisclosure((await channel.receive('sample-errors')).body)
  }

  private async distil(channel: ChannelEnd, distillation: AlicePairDistillation): Promise<void> {
    await channel.receive('reconcile-start')
    await distillation.reconcile()
    await channel.closePhase('reconcile')
    await distillation.verify()
    const figures = await distillation.lengths()
    await channel.closePhase('verify')
    const key = distillation.amplify(figures)
    await orErase(key, channel.closePhase('amplify'))
    this.report({ kind: 'key', key, length_bits: figures.secret_bits })
    this.report({ kind: 'distilled', figures })
  }
}
