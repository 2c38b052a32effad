/** Phases before the exchange, by the mission clock. */
import type { Phase } from '../domain/model/telemetry'
import type { ContactTimes } from './protocol'

/** The mount turns to the rise point one minute before AOS (assumption). */
const SLEW_BEFORE_AOS_MS = 60_000
/** Two-way beacons are acquired within 10 to 15 s of rise (recalled, medium). */
const ACQUISITION_MS = 15_000

/** The phase that a contact is in before its exchange window opens. */
export function phaseAt(times: ContactTimes, utc_ms: number): Phase {
  if (utc_ms < times.aos_ms - SLEW_BEFORE_AOS_MS) return 'prepare'
  if (utc_ms < times.aos_ms) return 'slew'
  if (utc_ms < Math.min(times.aos_ms + ACQUISITION_MS, times.exchangeFrom_ms)) return 'acquire'
  return utc_ms < times.exchangeFrom_ms ? 'track' : 'exchange'
}
