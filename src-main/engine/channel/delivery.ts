/** Delivers frames of one direction after their delay and in the order they were sent, at the mission's speed. */

interface Waiting {
  frame: Uint8Array
  due_ms: number
}

export class Delivery {
  private readonly queue: Waiting[] = []
  private timer: NodeJS.Timeout | null = null

  /** @param speed mission seconds a wall second; as fast as it goes, delays are counted and not waited for. */
  constructor(
    private readonly deliver: (frame: Uint8Array) => void,
    private speed: number | 'max',
  ) {}

  /** Delays of later frames follow the new speed. */
  setSpeed(speed: number | 'max'): void {
    this.speed = speed
  }

  /** Hands a frame over after `delay_s` of mission time, never before an earlier one; Infinity: never. */
  send(frame: Uint8Array, delay_s: number): void {
    if (delay_s === Infinity) return
    const wait_ms = this.speed === 'max' ? 0 : (delay_s * 1000) / this.speed
    this.queue.push({ frame, due_ms: performance.now() + wait_ms })
    this.work()
  }

  /** Frames leave from the head of the queue alone, so that none overtakes another. */
  private work(): void {
    while (this.queue.length > 0 && this.queue[0].due_ms <= performance.now()) {
      const { frame } = this.queue[0]
      this.queue.shift()
      this.deliver(frame)
    }
    if (this.queue.length === 0 || this.timer) return
    this.timer = setTimeout(() => {
      this.timer = null
      this.work()
    }, this.queue[0].due_ms - performance.now())
  }
}
