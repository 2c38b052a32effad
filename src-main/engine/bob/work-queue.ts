/** A first-in first-out queue that is awaited. */
export class WorkQueue<T> {
  private readonly items: T[] = []
  private waiting: ((item: T) => void) | null = null

  push(item: T): void {
    if (!this.waiting) return void this.items.push(item)
    const deliver = this.waiting
    this.waiting = null
    deliver(item)
  }

  next(): Promise<T> {
    const ready = this.items.shift()
    if (ready !== undefined) return Promise.resolve(ready)
    return new Promise((resolve) => (this.waiting = resolve))
  }
}
