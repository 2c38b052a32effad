/** Alice, the payload: runs the five phases of the conversation from her side. */
import type { MessagePort } from 'node:worker_threads'
import { ChannelEnd } from '../channel/channel-end'
import { PartyKeys } from '../channel/party-keys'
import type { PartyReport, PartyStart } from '../party-start'
import { bases } from '../sifted-key'
import { AliceDistillation, helloBody } from './distillation'
import { Preparation } from './preparation'
import { AliceSifting } from './sifting'

type Report = (report: PartyReport) => void

/** Runs a whole pass; every way it can end is reported, none throws. */
export async function runAlice(start: PartyStart, report: Report): Promise<void> {
  const keys = new PartyKeys(start.startKey)
  const preparation = new Preparation(start.parameters.payload)
  serveWorld(start.device, preparation)
  const sifting = new AliceSifting(preparation)
  const channel = new ChannelEnd(start.channel, 'alice', keys, start.patience_ms)
  try {
    await converse(start, channel, sifting, report)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    channel.abort(reason)
    report({ kind: 'failed', reason })
  } finally {
    sifting.key.erase()
    preparation.erase()
    keys.erase()
    channel.erase()
    report({ kind: 'erased' })
  }
}

async function converse(
  start: PartyStart,
  channel: ChannelEnd,
  sifting: AliceSifting,
  report: Report,
): Promise<void> {
  channel.send('hello', helloBody(start.parameters))
  await channel.receive('hello-answer')
  await channel.closePhase('start')
  await sift(channel, sifting)
  await channel.closePhase('sift')
  const distillation = new AliceDistillation(channel, sifting, start.parameters)
  try {
    await distil(channel, distillation, report)
  } finally {
    distillation.erase()
  }
}

async function distil(
  channel: ChannelEnd,
  distillation: AliceDistillation,
  report: Report,
): Promise<void> {
  await channel.receive('reconcile-start')
  for (const basis of bases) await distillation.reconcile(basis)
  await channel.closePhase('reconcile')
  for (const basis of bases) await distillation.verify(basis)
  const distilled = await distillation.lengths()
  await channel.closePhase('verify')
  const key = distillation.amplify(distilled)
  await channel.closePhase('amplify')
  report({ kind: 'key', key, length_bits: distilled.figures.secret_bits })
  report({ kind: 'distilled', figures: distilled.figures })
}

async function sift(channel: ChannelEnd, sifting: AliceSifting): Promise<void> {
  for (;;) {
    const message = await channel.receive('detections', 'sample-errors', 'exchange-end')
    if (message.kind === 'exchange-end') return
    if (message.kind === 'sample-errors') sifting.noteSampleErrors(message.body)
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
