/** Alice, the payload: runs the five phases of the conversation from her side. */
import type { MessagePort } from 'node:worker_threads'
import { ChannelEnd } from '../channel/channel-end'
import { PartyKeys } from '../channel/party-keys'
import { failureReport } from '../party-failure'
import type { PartyKernels } from '../party-kernels'
import type { PartyReport, PartyStart, StopControl } from '../party-start'
import { bases, orErase } from '../sifted-key'
import { AliceDistillation, helloBody } from './distillation'
import { Preparation } from './preparation'
import { AliceSifting } from './sifting'

type Report = (report: PartyReport) => void

export class Alice {
  private channel: ChannelEnd | null = null

  constructor(
    private readonly start: PartyStart,
    private readonly kernels: PartyKernels,
    private readonly report: Report,
  ) {}

  /** Told to stop, she gives up and overwrites what she holds. */
  control({ reason }: StopControl): void {
    this.channel?.stop(reason)
  }

  /** Runs a whole pass; every way it can end is reported, none throws. */
  async run(): Promise<void> {
    const { start } = this
    const keys = new PartyKeys(start.startKey)
    const preparation = new Preparation(start.parameters.payload)
    serveWorld(start.device, preparation)
    const sifting = new AliceSifting(preparation)
    const channel = new ChannelEnd(start.channel, 'alice', keys, start.patience_ms)
    this.channel = channel
    try {
      await this.converse(channel, sifting)
    } catch (error) {
      const failed = failureReport(error)
      channel.abort(failed.reason)
      this.report(failed)
    } finally {
      sifting.key.erase()
      preparation.erase()
      keys.erase()
      channel.erase()
      this.report({ kind: 'erased' })
    }
  }

  private async converse(channel: ChannelEnd, sifting: AliceSifting): Promise<void> {
    const { parameters } = this.start
    channel.send('hello', helloBody(parameters))
    await channel.receive('hello-answer')
    await channel.closePhase('start')
    await sift(channel, sifting)
    await channel.closePhase('sift')
    const distillation = new AliceDistillation(channel, sifting, parameters, this.kernels)
    try {
      await this.distil(channel, distillation)
    } finally {
      distillation.erase()
    }
  }

  private async distil(channel: ChannelEnd, distillation: AliceDistillation): Promise<void> {
    await channel.receive('reconcile-start')
    await distillation.reconcile()
    await channel.closePhase('reconcile')
    for (const basis of bases) await distillation.verify(basis)
    const distilled = await distillation.lengths()
    await channel.closePhase('verify')
    const key = distillation.amplify(distilled)
    await orErase(key, channel.closePhase('amplify'))
    this.report({ kind: 'key', key, length_bits: distilled.figures.secret_bits })
    this.report({ kind: 'distilled', figures: distilled.figures })
  }
}

async function sift(channel: ChannelEnd, sifting: AliceSifting): Promise<void> {
  for (;;) {
    const message = await channel.receive(
      ...(['detections', 'sample-errors', 'pattern-request', 'exchange-end'] as const),
    )
    if (message.kind === 'exchange-end') return
    if (message.kind === 'sample-errors') sifting.noteSampleErrors(message.body)
    else if (message.kind === 'pattern-request')
      channel.send('pattern', sifting.announcePattern(message.body))
    else channel.send('matches', sifting.answer(message.body))
  }
}

interface PrepareRequest {
  kind: 'prepare'
  slot: number
  pulses: Float64Array
  intensity: Uint8Array
  basis: Uint8Array
}

/** The quantum device: prepares what the world asks for and hands the photon's bit over. */
function serveWorld(device: MessagePort, preparation: Preparation): void {
  device.on('message', ({ slot, pulses, intensity, basis }: PrepareRequest) => {
    const bits = preparation.prepare(pulses, intensity, basis)
    device.postMessage({ kind: 'prepared', slot, bits })
    bits.fill(0)
  })
}
