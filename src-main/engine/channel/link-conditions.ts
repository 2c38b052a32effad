/**
 * What the transport under the classical channel costs in time. Model: an ordered transport with acknowledgements
 * (as TCP gives): a lost frame is sent again after a timeout of two round trips, as often as it takes; a frame that
 * was overtaken waits in the receiver's buffer for one more latency. So nothing is missing or out of order above it;
 * it only comes later. Limits: no bandwidth, no congestion; a frame is lost with one fixed probability.
 *
 * Waiting is counted on the critical path: each end has a clock of its own that a frame's arrival moves on, so that
 * messages which cross or follow one another without waiting cost nothing.
 */
import { createHash } from 'node:crypto'
import type { ChannelConditions } from '../../domain/model/conditions'
import type { Direction } from '../protocol'

/** A retransmission timeout, in round trips. */
const TIMEOUT_ROUND_TRIPS = 2
/** A line that loses this many copies of one frame is dead. */
const MOST_LOSSES = 50

export class LinkConditions {
  /** Frames that had to be sent again. */
  retransmissions = 0
  /** Mission seconds that the two ends have waited for each other, by the kind of frame they waited for. */
  readonly waiting_s = new Map<string, number>()
  private readonly clocks: Record<Direction, number> = { 'alice-to-bob': 0, 'bob-to-alice': 0 }
  private drawn = 0

  /** @param seed of the world: the channel's accidents are nature's. */
  constructor(
    private readonly conditions: ChannelConditions,
    private readonly seed: number,
  ) {}

  /** True when frames arrive at once and in order. */
  get isCalm(): boolean {
    const { latency_ms, loss, reorder } = this.conditions
    return latency_ms === 0 && loss === 0 && reorder === 0
  }

  /**
   * Sends one frame: how long after it is sent it can be read, seconds; Infinity on a dead line.
   * The sender's clock is the other direction's: what it last heard.
   */
  send(direction: Direction, kind: string): number {
    const delay_s = this.delay_s()
    const back: Direction = direction === 'alice-to-bob' ? 'bob-to-alice' : 'alice-to-bob'
    const before = Math.max(this.clocks[direction], this.clocks[back])
    this.clocks[direction] = Math.max(this.clocks[direction], this.clocks[back] + delay_s)
    const waited = this.clocks[direction] - before
    if (waited > 0) this.waiting_s.set(kind, (this.waiting_s.get(kind) ?? 0) + waited)
    return delay_s
  }

  /** Waiting for frames of the given kinds, all of them without any; seconds. */
  waited(...kinds: string[]): number {
    const counted = [...this.waiting_s].filter(
      ([kind]) => kinds.length === 0 || kinds.includes(kind),
    )
    return counted.reduce((sum, [, seconds]) => sum + seconds, 0)
  }

  private delay_s(): number {
    const { latency_ms, loss, reorder } = this.conditions
    const latency_s = latency_ms / 1000
    let losses = 0
    while (losses < MOST_LOSSES && this.happens(loss)) losses += 1
    if (losses === MOST_LOSSES) return Infinity
    this.retransmissions += losses
    const overtaken = this.happens(reorder) ? latency_s : 0
    return latency_s + losses * TIMEOUT_ROUND_TRIPS * 2 * latency_s + overtaken
  }

  private happens(share: number): boolean {
    if (share === 0) return false
    const digest = createHash('sha256').update(`channel ${this.seed} ${this.drawn++}`).digest()
    return digest.readUInt32LE() < share * 2 ** 32
  }
}
