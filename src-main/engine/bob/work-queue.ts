/** A first-in first-out queue that is awaited. */
export class WorkQueue<T> {
  private readonly items: T[] = []
  private waiting: ((item: T) => void) | null = null

  /** Hands the item to whoever waits, or keeps it. */
  push(item: T): void {
    if (!this.waiting) return void this.items.push(item)
    const deliver = this.waiting
    this.waiting = null
    deliver(item)
  }

  /** The oldest item, as soon as there is one; one caller at a time. */
  next(): Promise<T> {
    const ready = this.items.shift()
    if (ready !== undefined) return Promise.resolve(ready)
    return new Promise((resolve) => (this.waiting = resolve))
  }
}
