/** Curves by where their numbers come from, and the legend that says so. */
import { liveMessages } from '../messages'
import type { Curve } from './curves'
import type { LegendEntry } from './LineLegend.vue'

const { charts } = liveMessages

export const measured = (values: Float64Array): Curve => ({
  values,
  origin: 'measured',
  token: 'accent',
})
export const modelled = (values: Float64Array): Curve => ({
  values,
  origin: 'modelled',
  token: 'text-2',
})
export const published = (values: Float64Array): Curve => ({
  values,
  origin: 'published',
  token: 'text-2',
})
/** For axes in thousands. */
export const thousands = (values: Float64Array): Float64Array => values.map((value) => value / 1000)

/** The legend's entry for the published loss; none where nothing was published. */
export function publishedEntry(lossPublished_dB: Float64Array): LegendEntry[] {
  if (!lossPublished_dB.some(Number.isFinite)) return []
  return [{ origin: 'published', words: charts.published, hint: charts.publishedLoss }]
}
