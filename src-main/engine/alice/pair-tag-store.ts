/** Alice's own tags by second, until Bob's announcement of that second comes: the two come by different ways. */
import type { TagBatch } from '../../domain/model/tags'
import { Silence, Stopped } from '../channel/channel-end'

export class TagStore {
  private readonly batches = new Map<number, TagBatch>()
  private wake: (() => void) | null = null
  private stopped: Stopped | null = null

  constructor(private readonly patience_ms: number) {}

  /** Keeps a second's tags. */
  put(slot: number, batch: TagBatch): void {
    this.batches.set(slot, batch)
    this.wake?.()
  }

  /** Ends a wait that is under way. */
  stop(reason: string): void {
    this.stopped ??= new Stopped(reason)
    this.wake?.()
  }

  /** The tags of a second, as soon as they are there. @throws Silence when they do not come, Stopped when told so. */
  async take(slot: number): Promise<TagBatch> {
    const until_ms = performance.now() + this.patience_ms
    for (;;) {
      if (this.stopped) throw this.stopped
      const batch = this.batches.get(slot)
      this.batches.delete(slot)
      if (batch) return batch
      const left_ms = until_ms - performance.now()
      if (left_ms <= 0)
        throw new Silence(`No tags of second ${slot} came for ${this.patience_ms} ms.`)
      await this.nextNews(left_ms)
    }
  }

  private nextNews(limit_ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limit_ms)
      this.wake = () => (clearTimeout(timer), resolve())
    })
  }
}
