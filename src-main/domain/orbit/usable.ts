/**
 * Whether element sets may be flown in a window: their age and the satellite's end.
 * Rule of the mission: past 7 days stale, past 30 old, past a known re-entry refused.
 */
import type { Problem } from '../model/alarm'
import type { Elements, ElementsRecord } from '../model/elements'
import type { PassSatellite } from '../model/pass'
import { formatUtc, parseUtc } from '../model/time'
import { createPropagator, PropagationError } from './propagator'

const DAY_MS = 86_400_000
export const STALE_DAYS = 7
export const OLD_DAYS = 30

function ageFlag(age_days: number): PassSatellite['ageFlag'] {
  if (Math.abs(age_days) > OLD_DAYS) return 'old'
  return Math.abs(age_days) > STALE_DAYS ? 'stale' : 'fresh'
}

/** The satellite as the passes document names it; the age is negative before the epoch. */
export function passSatellite(elements: Elements, from_ms: number): PassSatellite {
  const ageAtFrom_days = (from_ms - elements.epoch_ms) / DAY_MS
  return {
    name: elements.name,
    noradId: elements.noradId,
    epoch: formatUtc(elements.epoch_ms),
    ageAtFrom_days,
    ageFlag: ageFlag(ageAtFrom_days),
  }
}

const label = (elements: Elements): string => `${elements.name} (${elements.noradId})`

/** Refuses a window that reaches past the satellite's known end; null when none is known or it is kept. */
export function reentryProblem(
  { elements, reentry_utc }: Usable,
  from_ms: number,
  to_ms: number,
): Problem | null {
  if (reentry_utc === undefined) return null
  const reentry_ms = parseUtc(reentry_utc.includes('T') ? reentry_utc : `${reentry_utc}T00:00Z`)
  if (!(to_ms > reentry_ms || elements.epoch_ms > reentry_ms)) return null
  const window = `${formatUtc(from_ms)} to ${formatUtc(to_ms)}`
  return {
    severity: 'critical',
    text: `${label(elements)} re-entered on ${reentry_utc}; the window ${window} reaches past it`,
    wayOut: `choose a window that ends before ${reentry_utc}, or another satellite's elements`,
  }
}

function propagationProblem(elements: Elements, from_ms: number, to_ms: number): Problem | null {
  try {
    const propagator = createPropagator(elements)
    propagator.state(from_ms)
    propagator.state(to_ms)
    return null
  } catch (error) {
    if (!(error instanceof PropagationError)) throw error
    const wayOut = 'choose a window near the epoch of the elements, or import newer elements'
    return { severity: 'critical', text: error.what, wayOut }
  }
}

function ageProblem(elements: Elements, from_ms: number): Problem | null {
  const { ageFlag: flag, ageAtFrom_days, epoch } = passSatellite(elements, from_ms)
  if (flag === 'fresh') return null
  const age = `${Math.abs(ageAtFrom_days).toFixed(1)} days`
  const side = ageAtFrom_days < 0 ? 'after' : 'before'
  return {
    severity: flag === 'old' ? 'serious' : 'caution',
    text: `elements of ${label(elements)} are of ${epoch}, ${age} ${side} the window's start`,
    wayOut: `import elements within ${STALE_DAYS} days of the window; times may be off by minutes`,
  }
}

export type Usable = Pick<ElementsRecord, 'elements' | 'reentry_utc'>

/**
 * Judges elements for a window.
 * @returns null when they are fresh; `caution` when stale, `serious` when old, `critical` when they
 *   must not be flown there: past re-entry, or SGP4 itself gives no position.
 */
export function checkUsable(record: Usable, from_ms: number, to_ms: number): Problem | null {
  return (
    reentryProblem(record, from_ms, to_ms) ??
    propagationProblem(record.elements, from_ms, to_ms) ??
    ageProblem(record.elements, from_ms)
  )
}
