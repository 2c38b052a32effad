/** The mission clock's pace: mission seconds per wall second, changeable while it runs, or as fast as it goes. */
import { setTimeout as sleep } from 'node:timers/promises'

export class Pace {
  private anchorMission_ms: number
  private anchorWall_ms: number
  private wake = new AbortController()

  constructor(
    start_ms: number,
    private speed: number | 'max',
    private readonly wall_ms: () => number = () => performance.now(),
  ) {
    this.anchorMission_ms = start_ms
    this.anchorWall_ms = wall_ms()
  }

  /** Mission time now; at full speed, the time last waited for. */
  now_ms(): number {
    if (this.speed === 'max') return this.anchorMission_ms
    return this.anchorMission_ms + (this.wall_ms() - this.anchorWall_ms) * this.speed
  }

  /** Goes on from the present mission time at another speed. */
  setSpeed(speed: number | 'max'): void {
    this.anchorMission_ms = this.now_ms()
    this.anchorWall_ms = this.wall_ms()
    this.speed = speed
    this.wake.abort()
  }

  /** Ends a wait that is under way, for instance on abort. */
  stop(): void {
    this.setSpeed('max')
  }

  /** Resolves when the mission clock reaches the instant. */
  async until(mission_ms: number): Promise<void> {
    for (;;) {
      if (this.speed === 'max') {
        this.anchorMission_ms = Math.max(this.anchorMission_ms, mission_ms)
        return
      }
      const left_ms = (mission_ms - this.now_ms()) / this.speed
      if (left_ms <= 0) return
      this.wake = new AbortController()
      await sleep(left_ms, undefined, { signal: this.wake.signal }).catch(() => undefined)
    }
  }
}
