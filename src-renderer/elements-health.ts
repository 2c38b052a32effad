/** How far a mission's elements can be trusted over its horizon: age from the epoch, and known re-entries. */
import type { Status } from '@domain/model/alarm'
import type { ElementsRecord } from '@domain/model/elements'
import { formatAge } from './format'
import { messages } from './messages'

const DAY_MS = 86_400_000
export const STALE_AFTER_DAYS = 7
export const OLD_AFTER_DAYS = 30

export interface ElementsHealth {
  status: Status
  text: string
  /** Farthest distance of the horizon from the epoch. */
  age_ms: number
  reentry_utc?: string
}

/** Judges elements for a horizon, POSIX ms UTC. Ages by the contract: stale past 7 days, old past 30. */
export function elementsHealth(
  record: ElementsRecord,
  from_ms: number,
  to_ms: number,
): ElementsHealth {
  const { epoch_ms } = record.elements
  const age_ms = Math.max(Math.abs(from_ms - epoch_ms), Math.abs(to_ms - epoch_ms))
  const reentry_ms = record.reentry_utc ? Date.parse(record.reentry_utc) : Infinity
  const { elements } = messages.plan
  const judged = { age_ms, reentry_utc: record.reentry_utc }
  if (to_ms > reentry_ms)
    return { ...judged, status: 'critical', text: elements.past(record.reentry_utc ?? '') }
  if (age_ms > OLD_AFTER_DAYS * DAY_MS)
    return { ...judged, status: 'serious', text: elements.old(formatAge(age_ms)) }
  if (age_ms > STALE_AFTER_DAYS * DAY_MS)
    return { ...judged, status: 'caution', text: elements.stale(formatAge(age_ms)) }
  return { ...judged, status: 'normal', text: elements.fresh }
}

const order: Status[] = ['critical', 'serious', 'caution', 'normal', 'standby', 'off']
/** The worst of several statuses; `off` when there is none. */
export const worstStatus = (statuses: Status[]): Status =>
  order.find((status) => statuses.includes(status)) ?? 'off'
