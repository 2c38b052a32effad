/**
 * Reconciliation leak of the pass model, before anything was reconciled.
 * block = fEC n_X h(Q); mXtot = fEC m_X; logM = the larger of block and the finite-length bound of
 * Tomamichel, Martinez-Mateo, Pacher, Elkouss (2014) with its second part in natural logarithms, as the model has it.
 */
import { approximateQuantile, binomialQuantile } from './binomial-quantile'
import { binaryEntropy } from './entropy'
import type { PassInputs } from './pass-model-input'

/** Beyond it one bit of the binomial quantile is below the model's rounding, and the smooth estimate is taken. */
const MOST_EXACT_TRIALS = 1e12

/** Quantile of the binomial distribution that the leak model logM takes. */
export type Quantile = (probability: number, n: number, p: number) => number

/** The smooth stand-in of the binomial quantile, for searches; never for a length that is reported. */
export const smoothQuantile: Quantile = approximateQuantile

/**
 * Modelled leak in bits.
 * @param n key bits, @param m errors among them; real-valued expectations.
 * @param quantile exact by default; an optimiser may take the smooth one.
 */
export function modelledLeak_bits(
  n: number,
  m: number,
  inputs: PassInputs,
  quantile: Quantile = binomialQuantile,
): number {
  if (n <= 0 || inputs.ec === 'none') return 0
  if (inputs.ec === 'mXtot') return inputs.fEC * m
  const q = Math.min(1, m / n)
  const block = inputs.fEC * n * binaryEntropy(q)
  if (inputs.ec === 'block' || q <= 0 || q >= 1 || n < 1) return block
  const probability = Math.min(1 - 1e-15, inputs.eps_c * (1 + 1 / Math.sqrt(n)))
  const tail = n > MOST_EXACT_TRIALS ? approximateQuantile : quantile
  const few = tail(probability, Math.floor(n), 1 - q)
  const finite = (n * (1 - q) - few - 1) * Math.log((1 - q) / q)
  const logM = n * binaryEntropy(q) + finite - 0.5 * Math.log(n) - Math.log(1 / inputs.eps_c)
  return Math.max(block, logM)
}
