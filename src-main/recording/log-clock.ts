/**
 * Log times of a recording: mission UTC in nanoseconds. A time that cannot belong to this pass (not a
 * number, or more than a day outside it) is logged at the last good time, so that one bad clock value
 * neither stops the recording nor stretches its time range; the message keeps its own value.
 */
const DAY_MS = 86_400_000
/** Last whole millisecond whose nanoseconds fit 64 bits unsigned. */
const LATEST_MS = 18_446_744_073_709

export class LogClock {
  private last_ns: bigint
  private readonly from_ms: number
  private readonly to_ms: number

  /** @param aos_ms start and @param los_ms end of the pass; when one is not a number, any time goes. */
  constructor(aos_ms: number, los_ms: number) {
    const known = Number.isFinite(aos_ms) && Number.isFinite(los_ms)
    this.from_ms = Math.max(0, known ? aos_ms - DAY_MS : 0)
    this.to_ms = Math.min(LATEST_MS, known ? los_ms + DAY_MS : LATEST_MS)
    this.last_ns = nanoseconds(Math.min(this.to_ms, Math.max(0, known ? aos_ms : 0)))
  }

  /** The log time for a message of this mission time. */
  at(utc_ms: number): bigint {
    if (utc_ms >= this.from_ms && utc_ms <= this.to_ms) this.last_ns = nanoseconds(utc_ms)
    return this.last_ns
  }
}

/** To the microsecond: a double of milliseconds since 1970 carries no more. */
const nanoseconds = (utc_ms: number): bigint => BigInt(Math.round(utc_ms * 1000)) * 1000n
