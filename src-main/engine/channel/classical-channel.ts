/**
 * The one way between Alice and Bob: carries frames between two ports, counts and records each.
 * It is public and untrusted: whatever passes here an eavesdropper has read and could have changed.
 */
import type { MessagePort } from 'node:worker_threads'
import { calmChannel } from '../../domain/model/conditions'
import type { ChannelRecord, Direction } from '../protocol'
import { Delivery } from './delivery'
import { LinkConditions } from './link-conditions'
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
  /** A calm line without it. */
  conditions?: LinkConditions
  /** Told once the line is dead, with why. */
  onDead?: (why: string) => void
  /** Mission seconds a wall second; what the line's delays are waited out at. */
  speed?: number | 'max'
}

export class ClassicalChannel {
  messages = 0
  bytes = 0
  /** Times the direction turned from Bob to Alice: requests that had to wait for an answer. */
  roundTrips = 0
  readonly conditions: LinkConditions
  private readonly delivery: Record<Direction, Delivery>
  private last: Direction | null = null

  constructor(private readonly options: ChannelOptions) {
    const { alice, bob, speed = 'max' } = options
    this.conditions = options.conditions ?? new LinkConditions(calmChannel, 0)
    this.delivery = {
      'alice-to-bob': new Delivery((frame) => bob.postMessage(frame), speed),
      'bob-to-alice': new Delivery((frame) => alice.postMessage(frame), speed),
    }
    alice.on('message', (frame: Uint8Array) => this.carry('alice-to-bob', frame))
    bob.on('message', (frame: Uint8Array) => this.carry('bob-to-alice', frame))
  }

  /** Delays are waited out at the new speed from now on. */
  setSpeed(speed: number | 'max'): void {
    for (const delivery of Object.values(this.delivery)) delivery.setSpeed(speed)
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
    const message = frameName(frame)
    this.options.record({
      ...{ utc_ms: this.options.now_ms(), phase: this.options.phase() },
      ...{ seq, direction, message, payload: frame },
    })
    const delivered = this.options.tamper ? this.options.tamper(direction, frame, seq) : frame
    const delay_s = this.conditions.isCalm ? 0 : this.conditions.send(direction, message)
    if (delay_s === Infinity) this.options.onDead?.('the line lost every copy of a message')
    if (delivered) this.delivery[direction].send(delivered, delay_s)
  }
}
