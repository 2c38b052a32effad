/** Limits of the live figures, and the status they put a figure in. */
import type { Status } from '@domain/model/alarm'
import type { Limit } from '../charts/curves'
import type { ValueScale } from '../charts/scales'
import { liveMessages } from '../messages'

/** QBER limits as fractions: near the limit, and no key past it. */
export const QBER_CAUTION = 0.04
export const QBER_ABORT = 0.08

/** Status of a QBER; off when there is none. */
export function qberStatus(qber: number): Status {
  if (Number.isNaN(qber)) return 'off'
  if (qber >= QBER_ABORT) return 'critical'
  return qber >= QBER_CAUTION ? 'caution' : 'normal'
}

/** The limits as chart lines, percent. */
export const qberLimits: Limit[] = [
  { value: QBER_ABORT * 100, words: liveMessages.live.abortLimit, kind: 'critical' },
  { value: QBER_CAUTION * 100, words: liveMessages.live.cautionLimit, kind: 'caution' },
]

/** The QBER axis while nothing is above it, percent: ticks at the limits. */
export const qberScale: ValueScale = { low: 0, high: 10, step: 4 }
