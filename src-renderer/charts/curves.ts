/** What a chart of curves over time is made of. */
import type { Origin } from '@domain/model/telemetry'
import type { Token } from './ink'

export interface Curve {
  values: Float64Array
  origin: Origin
  /** Accent for live data, grey for what stands beside it. */
  token: Token
}

/** A thin line across the chart with its words and value. */
export interface Limit {
  value: number
  words: string
  kind: 'critical' | 'caution' | 'published'
}

export const limitTokens = {
  critical: 'critical',
  caution: 'caution',
  published: 'text-2',
} as const satisfies Record<Limit['kind'], Token>

/** Times along the axis: wall time, or seconds from the instant of maximum elevation. */
export type TimeAxis = 'utc' | 'tca'

/** A hatched stretch with the words that say why there is no data. */
export interface Hatch {
  from_ms: number
  to_ms: number
  words: string
}

export interface Band {
  low: number
  high: number
}
