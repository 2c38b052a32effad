/** The rows of present against best source: one a quantity. */
import { formatKbit, formatNumber, formatPercent } from '../format'
import { missionMessages } from '../messages'
import type { BestSource, RatedSource } from './best-source'

const words = missionMessages.source
const quantities: [string, (source: RatedSource) => string][] = [
  [words.planned, ({ planned_bits }) => formatKbit(planned_bits)],
  [words.key, ({ model_bits }) => formatKbit(model_bits)],
  [words.signal, ({ intensities }) => formatNumber(intensities[0], 3)],
  [words.decoy, ({ intensities }) => formatNumber(intensities[1], 3)],
  [words.vacuum, ({ intensities }) => formatNumber(intensities[2], 3)],
  [words.pSignal, ({ probabilities }) => formatPercent(probabilities[0])],
  [words.pDecoy, ({ probabilities }) => formatPercent(probabilities[1])],
  [words.pVacuum, ({ probabilities }) => formatPercent(probabilities[2])],
  [words.basis, (source) => formatPercent(source.basis_x_probability)],
]

export interface SourceRow {
  title: string
  /** Present, best by the pass model, best by the mission's proof. */
  values: [string, string, string]
}
export const sourceRows = ({ present, model, best }: BestSource): SourceRow[] =>
  quantities.map(([title, of]) => ({ title, values: [of(present), of(model), of(best)] }))
