/** Gaps as a chart shows them: hatched, with their length. */
import { formatNumber } from '../format'
import { liveMessages } from '../messages'
import type { Hatch } from './curves'
import type { Gap } from './pass-series'

export const hatchesOf = (gaps: readonly Gap[]): Hatch[] =>
  gaps.map(({ from_ms, to_ms }) => ({
    from_ms,
    to_ms,
    words: liveMessages.charts.noData(`${formatNumber((to_ms - from_ms) / 1000)} s`),
  }))
