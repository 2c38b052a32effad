/**
 * One party's end of the classical channel: sends and awaits frames, hashes both directions as this party
 * saw them, and closes each phase with one Wegman–Carter tag a direction (design rule 3).
 */
import type { MessagePort } from 'node:worker_threads'
import { AuthenticationFailed, TranscriptAuthenticator } from '../../domain/qkd/authentication'
import type { Direction, Party } from '../protocol'
import type { PartyKeys } from './party-keys'
import {
  decodeFrame,
  decodeJson,
  encodeFrame,
  encodeJson,
  type ChannelPhase,
  type MessageKind,
} from './message'

/** The other side gave up, with its words; unauthenticated, so only ever a reason to stop. */
export class PeerAborted extends Error {}

/** Nothing came for as long as this party waits. */
export class Silence extends Error {}

/** This party was told to stop. */
export class Stopped extends Error {}

export interface Received {
  kind: MessageKind
  body: Uint8Array
}

export class ChannelEnd {
  private readonly arrived: Uint8Array[] = []
  private waiting: ((frame: Uint8Array) => void) | null = null
  private fail: ((error: Error) => void) | null = null
  private stopped: Stopped | null = null
  private readonly sent: TranscriptAuthenticator
  private readonly heard: TranscriptAuthenticator

  constructor(
    private readonly port: MessagePort,
    private readonly party: Party,
    private readonly keys: PartyKeys,
    private readonly patience_ms: number,
  ) {
    this.sent = new TranscriptAuthenticator(this.outward, keys.hashKey(this.outward))
    this.heard = new TranscriptAuthenticator(this.inward, keys.hashKey(this.inward))
    port.on('message', (frame: Uint8Array) => this.arrive(frame))
  }

  /** Sends a message and absorbs it into the outward transcript. */
  send(kind: MessageKind, body: Uint8Array): void {
    const frame = encodeFrame(kind, body)
    this.sent.absorb(frame)
    this.port.postMessage(frame)
  }

  /** Awaits the next message, which must be one of the given kinds. */
  async receive(...kinds: MessageKind[]): Promise<Received> {
    const frame = await this.next(kinds)
    const message = decodeFrame(frame)
    if (message.kind === 'abort') throw new PeerAborted(reasonOf(message))
    if (!kinds.includes(message.kind))
      throw new Error(`Awaiting ${kinds.join(' or ')}: the other side sent ${message.kind}.`)
    this.heard.absorb(frame)
    return message
  }

  /** Alice's tag goes first; Bob answers with his only when hers fits, so neither runs ahead. */
  async closePhase(phase: ChannelPhase): Promise<void> {
    if (this.party === 'alice') this.sendTag(phase)
    await this.checkTag(phase)
    if (this.party === 'bob') this.sendTag(phase)
  }

  /** Tells the other side to stop; best effort. */
  abort(reason: string): void {
    this.port.postMessage(encodeFrame('abort', encodeJson({ reason: reason.slice(0, 200) })))
  }

  /** Ends what is awaited now or later, so that the party gives up and overwrites what it holds. */
  stop(reason: string): void {
    this.stopped ??= new Stopped(reason)
    this.fail?.(this.stopped)
  }

  /** Overwrites the hash keys of both directions. */
  erase(): void {
    this.sent.erase()
    this.heard.erase()
  }

  private get outward(): Direction {
    return this.party === 'alice' ? 'alice-to-bob' : 'bob-to-alice'
  }

  private get inward(): Direction {
    return this.party === 'alice' ? 'bob-to-alice' : 'alice-to-bob'
  }

  private sendTag(phase: ChannelPhase): void {
    const pad = this.keys.pad(this.outward)
    const tag = this.sent.closePhase(phase, pad)
    pad.fill(0)
    this.port.postMessage(encodeFrame('tag', tag))
  }

  private async checkTag(phase: ChannelPhase): Promise<void> {
    const message = decodeFrame(await this.next(['tag']))
    if (message.kind === 'abort') throw new PeerAborted(reasonOf(message))
    const pad = this.keys.pad(this.inward)
    const agrees = message.kind === 'tag' && this.heard.checkPhase(phase, message.body, pad)
    pad.fill(0)
    if (!agrees)
      throw new AuthenticationFailed(
        `The tag of phase ${phase} does not fit the messages that arrived: the block is refused.`,
      )
  }

  private arrive(frame: Uint8Array): void {
    if (!this.waiting) return void this.arrived.push(frame)
    const deliver = this.waiting
    this.waiting = null
    deliver(frame)
  }

  private next(kinds: MessageKind[]): Promise<Uint8Array> {
    if (this.stopped) return Promise.reject(this.stopped)
    const ready = this.arrived.shift()
    if (ready) return Promise.resolve(ready)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.fail?.(new Silence(`No ${kinds.join(' or ')} came for ${this.patience_ms} ms.`)),
        this.patience_ms,
      )
      this.waiting = (frame) => (clearTimeout(timer), resolve(frame))
      this.fail = (error) => (clearTimeout(timer), (this.waiting = null), reject(error))
    })
  }
}

function reasonOf(message: Received): string {
  const body = decodeJson('abort', message.body) as { reason?: unknown }
  return typeof body.reason === 'string' ? body.reason : 'the other side gave no reason'
}
