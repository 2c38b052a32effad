/** Bob, the ground station: announces, asks, verifies; runs the five phases from his side. */
import { biasCurrentLimit_uA } from '../../domain/link/bias-monitor'
import { ChannelEnd, Stopped } from '../channel/channel-end'
import { decodeJson, encodeJson } from '../channel/message'
import { PartyKeys } from '../channel/party-keys'
import { DetectorAlarm } from '../detector-alarm'
import { failureReport } from '../party-failure'
import type { PartyKernels } from '../party-kernels'
import type { BobControl, BobStart, PartyReport, PublicParameters } from '../party-start'
import { bases, orErase } from '../sifted-key'
import type { TagBatch } from '../../domain/model/tags'
import { Detection, type AskPattern } from './detection'
import { BobDistillation } from './distillation'
import { BobSifting } from './sifting'
import { WorkQueue } from './work-queue'

type Report = (report: PartyReport) => void
/** One second of tags, or the end of the exchange. */
type Work = ({ kind: 'tags'; slot: number } & TagBatch) | { kind: 'finish' }

/** A station's clock may be wrong without its knowledge: pulse numbers are found within this. */
const CLOCK_UNCERTAINTY_S = 0.25

export class Bob {
  private readonly work = new WorkQueue<Work>()
  private held = false
  private gateAdvice = ''
  private channel: ChannelEnd | null = null

  constructor(
    private readonly start: BobStart,
    private readonly kernels: PartyKernels,
    private readonly report: Report,
  ) {
    start.device.on('message', (tags: Work) => this.work.push(tags))
  }

  /** Opens or closes the receiver, ends the exchange, or stops him: then he overwrites what he holds. */
  control(control: BobControl): void {
    if (control.kind === 'held') this.held = control.held
    else if (control.kind === 'finish') this.work.push({ kind: 'finish' })
    else {
      this.channel?.stop(control.reason)
      this.work.fail(new Stopped(control.reason))
    }
  }

  /** Runs a whole pass; every way it can end is reported, none throws. */
  async run(): Promise<void> {
    const keys = new PartyKeys(this.start.startKey)
    const channel = new ChannelEnd(this.start.channel, 'bob', keys, this.start.patience_ms)
    this.channel = channel
    const sifting = new BobSifting(channel)
    try {
      await this.converse(channel, sifting)
    } catch (error) {
      const failed = failureReport(error)
      channel.abort(failed.reason)
      this.report(failed)
    } finally {
      sifting.key.erase()
      keys.erase()
      channel.erase()
      this.report({ kind: 'erased' })
    }
  }

  private async converse(channel: ChannelEnd, sifting: BobSifting): Promise<void> {
    await this.greet(channel)
    await this.sift(channel, sifting)
    channel.send('exchange-end', encodeJson({ detections: sifting.tally.detections }))
    const sifted = `${sifting.tally.keyBitsIn} bits sifted for the key`
    await this.close(channel, 'sift', `${sifted}${this.gateAdvice}`)
    const distillation = new BobDistillation(
      ...([channel, sifting, this.start.parameters, this.kernels] as const),
    )
    try {
      await this.distil(channel, distillation)
    } finally {
      distillation.erase()
    }
  }

  private async distil(channel: ChannelEnd, distillation: BobDistillation): Promise<void> {
    channel.send('reconcile-start', new Uint8Array(0))
    await this.close(channel, 'reconcile', await distillation.reconcile())
    const verified = []
    for (const basis of bases) verified.push(await distillation.verify(basis))
    const distilled = distillation.lengths()
    await this.close(channel, 'verify', verified.every(Boolean) ? 'both bases verified' : 'failed')
    const key = await distillation.amplify(distilled)
    const { secret_bits } = distilled.figures
    await orErase(key, this.close(channel, 'amplify', `${secret_bits} secret bits`))
    this.report({ kind: 'key', key, length_bits: secret_bits })
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

  /** Bright light that holds the detectors below breakdown shows in the current they draw. */
  private checkMonitor({ slot, monitor }: TagBatch & { slot: number }): void {
    const limit_uA = biasCurrentLimit_uA(this.start.receiver)
    if (!monitor || monitor.bias_current_uA <= limit_uA) return
    throw new DetectorAlarm(
      `Second ${slot}: the detectors drew ${monitor.bias_current_uA.toPrecision(3)} uA, counting can draw ${limit_uA.toPrecision(3)} uA at most: they may be blinded.`,
    )
  }

  private async sift(channel: ChannelEnd, sifting: BobSifting): Promise<void> {
    const detection = new Detection(this.start, CLOCK_UNCERTAINTY_S)
    const ask: AskPattern = async (request) => {
      channel.send('pattern-request', encodeJson(request))
      return (await channel.receive('pattern')).body
    }
    for (;;) {
      const work = await this.work.next()
      if (work.kind === 'finish') return void (this.gateAdvice = adviceOf(detection, sifting))
      this.checkMonitor(work)
      const gated = await detection.receive(work, ask)
      const held = this.held
      const status = await sifting.announce(work.slot, held ? nothing(gated) : gated)
      gated.bits.fill(0)
      this.report({ kind: 'slot', status: { ...status, held } })
    }
  }
}

/** The gate that the tags themselves speak for, in words; nothing where the receiver's own is as good. */
function adviceOf(detection: Detection, sifting: BobSifting): string {
  const advice = detection.gateAdvice(sifting.tally.sampleErrorRate(0))
  return advice ? `; most key by a gate of ${advice.gate_ns.toFixed(2)} ns (modelled)` : ''
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
