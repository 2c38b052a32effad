/** The Bell test of an entangled pass as the report gives it; formulas and limits in chsh.ts. */
import type { ChshReport } from '../../model/report'
import { chsh, deviceIndependentRate, type ChshCounts } from '../chsh'
import type { ChshCell } from './tally'

const isEmpty = (cell: ChshCell): boolean => cell.every((count) => count === 0)

/**
 * @param cells outcomes for E(a,b), E(a,b'), E(a',b), E(a',b').
 * @param qber error rate of the key bits.
 * @returns undefined while a combination has no coincidence.
 */
export function chshReport(cells: readonly ChshCell[], qber: number): ChshReport | undefined {
  if (cells.length !== 4 || cells.some(isEmpty)) return undefined
  const counts: ChshCounts = [cells[0], cells[1], cells[2], cells[3]]
  const { S, sigma_S, E } = chsh(counts)
  const coincidences = cells.flat().reduce((sum, count) => sum + count, 0)
  const device_independent_rate = deviceIndependentRate(S, qber)
  return { S, sigma_S, E, coincidences, device_independent_rate }
}
