/** A first-in first-out queue that is awaited. */
export class WorkQueue<T> {
  private readonly items: T[] = []
  private waiting: { resolve: (item: T) => void; reject: (error: Error) => void } | null = null
  private failure: Error | null = null

  /** Hands the item to whoever waits, or keeps it. */
  push(item: T): void {
    if (!this.waiting) return void this.items.push(item)
    const { resolve } = this.waiting
    this.waiting = null
    resolve(item)
  }

  /** Ends the present and every later wait. */
  fail(error: Error): void {
    this.failure ??= error
    this.waiting?.reject(this.failure)
    this.waiting = null
  }

  /** The oldest item, as soon as there is one; one caller at a time. @throws what `fail` was given. */
  next(): Promise<T> {
    if (this.failure) return Promise.reject(this.failure)
    const ready = this.items.shift()
    if (ready !== undefined) return Promise.resolve(ready)
    return new Promise((resolve, reject) => (this.waiting = { resolve, reject }))
  }
}
