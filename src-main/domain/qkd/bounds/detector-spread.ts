/**
 * What imperfectly known detectors cost the phase error bound: efficiencies that depend on the basis, dark counts.
 * Source: Tupkary, Nahar, Sinha, Luetkenhaus, Quantum 9, 1937 (2025), arXiv:2408.17349; formulas of the authors' code.
 * Symbols: Delta_eta, Delta_dc relative half-widths of efficiency and dark count probability d;
 * r = (1-Delta_eta)/(1+Delta_eta), d± = d (1 ± Delta_dc).
 */
import { checkBetween } from './input-checks'

export interface DetectorSpread {
  /** Relative half-width to which the efficiencies are known, 0 to below 1. */
  efficiency: number
  /** Dark count probability per detector and gate. */
  dark_count_probability: number
  /** Relative half-width to which it is known. */
  dark_counts: number
}

interface Extremes {
  r: number
  /** Fewest and most dark counts. */
  low: number
  high: number
  /** Probability of a dark count in either of the two detectors, at the fewest and at the most. */
  darkLeast: number
  darkMost: number
}

function extremes(spread: DetectorSpread): Extremes {
  const { efficiency, dark_count_probability: d, dark_counts } = spread
  checkBetween('detector efficiency spread', efficiency, 0, 1)
  checkBetween('dark count spread', dark_counts, 0, 1)
  checkBetween('dark count probability', d, 0, 0.5)
  const low = d * (1 - dark_counts)
  const high = d * (1 + dark_counts)
  const r = (1 - efficiency) / (1 + efficiency)
  return { r, low, high, darkLeast: low * (2 - low), darkMost: high * (2 - high) }
}

/** Share of the dark counts that the spread leaves open. */
const openShare = ({ darkLeast, darkMost }: Extremes): number =>
  darkMost > 0 ? (darkMost - darkLeast) / darkMost : 0

/** delta_1, added to the observed error rate. @throws when a spread lies outside 0 to 1. */
export function deltaOne(spread: DetectorSpread): number {
  const found = extremes(spread)
  const { r, low, high, darkLeast } = found
  const open = openShare(found)
  const dark = open > 0 ? (open * high * (2 - low)) / darkLeast : 0
  const light = 4 * (1 - Math.sqrt(1 - (1 - low) ** 2 * (1 - r)))
  return Math.max(dark, light)
}

/** delta_2, taken from the rounds that count. @throws when a spread lies outside 0 to 1. */
export function deltaTwo(spread: DetectorSpread): number {
  const found = extremes(spread)
  return Math.max(openShare(found), (1 - found.low) ** 2 * (1 - found.r))
}
