/** The instants of a contact that the log names when the mission clock reaches them. */
import type { LogEntry } from '../domain/model/alarm'
import type { ContactTimes } from './protocol'

/** Log entries for events in the second that ends at `utc_ms`. */
export function passEvents(times: ContactTimes, utc_ms: number): LogEntry[] {
  const events: [number, string][] = [
    [times.aos_ms, 'AOS'],
    [times.exchangeFrom_ms, 'Exchange window opens'],
    [times.tca_ms, 'TCA'],
    [times.exchangeTo_ms, 'Exchange window closes'],
    [times.los_ms, 'LOS'],
  ]
  return events
    .filter(([at_ms]) => at_ms > utc_ms - 1000 && at_ms <= utc_ms)
    .map(([at_ms, text]) => ({ utc_ms: at_ms, text }))
}
