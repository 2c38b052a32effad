/** Delivers frames of one direction after their delay and in the order they were sent, at the mission's speed. */

export class Delivery {
  private due_ms = 0

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
    const now_ms = performance.now()
    const wait_ms = this.speed === 'max' ? 0 : (delay_s * 1000) / this.speed
    this.due_ms = Math.max(this.due_ms, now_ms + wait_ms)
    if (this.due_ms <= now_ms) this.deliver(frame)
    else setTimeout(() => this.deliver(frame), this.due_ms - now_ms)
  }
}
