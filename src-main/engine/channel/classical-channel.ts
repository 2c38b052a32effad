/**
 * The one way between Alice and Bob: carries frames between two ports, counts and records each.
 * It is public and untrusted: whatever passes here an eavesdropper has read and could have changed.
 */
import type { MessagePort } from 'node:worker_threads'
import type { ChannelRecord, Direction } from '../protocol'
import { frameName } from './message'

/** An adversary on the line: returns what is delivered instead, or null to drop the frame. */
export type Tamper = (direction: Direction, frame: Uint8Array, seq: number) => Uint8Array | null

export interface ChannelOptions {
  alice: MessagePort
  bob: MessagePort
  /** Mission time of the record. */
  now_ms: () => number
  phase: () => string
  record: (record: ChannelRecord) => void
  tamper?: Tamper
}

export class ClassicalChannel {
  messages = 0
  bytes = 0
  /** Times the direction turned from Bob to Alice: requests that had to wait for an answer. */
  roundTrips = 0
  private last: Direction | null = null

  constructor(private readonly options: ChannelOptions) {
    options.alice.on('message', (frame: Uint8Array) => this.carry('alice-to-bob', frame))
    options.bob.on('message', (frame: Uint8Array) => this.carry('bob-to-alice', frame))
  }

  /** Hangs up both ends. */
  close(): void {
    this.options.alice.close()
    this.options.bob.close()
  }

  private carry(direction: Direction, frame: Uint8Array): void {
    const seq = this.messages++
    this.bytes += frame.length
    if (direction === 'bob-to-alice' && this.last === 'alice-to-bob') this.roundTrips += 1
    this.last = direction
    this.options.record({
      utc_ms: this.options.now_ms(),
      seq,
      direction,
      phase: this.options.phase(),
      message: frameName(frame),
      payload: frame,
    })
    const delivered = this.options.tamper ? this.options.tamper(direction, frame, seq) : frame
    if (delivered) this.port(direction).postMessage(delivered)
  }

  private port(direction: Direction): MessagePort {
    return direction === 'alice-to-bob' ? this.options.bob : this.options.alice
  }
}
