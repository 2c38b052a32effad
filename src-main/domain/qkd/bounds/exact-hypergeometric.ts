/**
 * Finite-key length of small blocks of entangled pairs with the exact sampling tail.
 * Idea: Mannalath, Zapatero, Curty, PRL 135, 020803 (2025), arXiv:2410.04095 (exact hypergeometric statistics); the
 * structure around it is that of Tomamichel, Leverrier, Quantum 1, 14 (2017).
 * Symbols: m sifted bits, k tested with at most K errors, n = m - k key bits; w the number of key errors allowed for.
 * eps_PE = 2 sqrt(Pr[Hyp(m, K + w, k) <= K]), nu = w/n - delta; the worst unknown total is K + w, since the tail
 * falls with the total. w is the whole number with the longest key.
 * Limits: K belongs to the protocol, not to the observation; no closed form.
 */
import { binaryEntropy } from '../entropy'
import { hypergeometricLowerTail } from './binomial-tail'
import { wholeMaximum } from './golden-section'
import { checkWhole } from './input-checks'
import {
  checkPairBlock,
  finishingCost_bits,
  unproven,
  type PairBlock,
  type PairBoundResult,
} from './pair-block'

export interface ExactBlock extends PairBlock {
  /** K; the whole part of k times the error rate when absent. */
  test_errors?: number
}

interface Sample {
  block: ExactBlock
  key_bits: number
  errors: number
}

/**
 * The longest key, bits, maximised over the allowed key errors w.
 * @throws when an input is impossible; the message names the field, the value and what would be right.
 */
export function exactHypergeometric(block: ExactBlock): PairBoundResult {
  checkPairBlock(block)
  const errors = block.test_errors ?? Math.floor(block.test_bits * block.error_rate)
  checkWhole('test_errors', errors, 0, block.test_bits)
  const key_bits = block.sifted_bits - block.test_bits
  const sample = { block, key_bits, errors }
  const most = Math.floor(key_bits / 2)
  const least = fewestErrors(sample, most)
  if (least === null) return unproven(block)
  const w = wholeMaximum((x) => lengthAt(sample, x), least, most)
  const ell_raw = lengthAt(sample, w)
  const phase_error = w / key_bits
  const nu = phase_error - block.error_rate
  const ell = Math.max(0, Math.floor(ell_raw))
  return { key_bits, nu, phase_error, eps_PE: testFailure(sample, w), ell_raw, ell }
}

/** Fewest key errors that have to be allowed for so that something of eps is left; null when half is not enough. */
function fewestErrors(sample: Sample, most: number): number | null {
  const holds = (w: number): boolean => Number.isFinite(lengthAt(sample, w))
  if (!holds(most)) return null
  let [low, high] = [-1, most]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

function testFailure({ block, errors }: Sample, w: number): number {
  const { sifted_bits, test_bits } = block
  return 2 * Math.sqrt(hypergeometricLowerTail(errors, sifted_bits, errors + w, test_bits))
}

function lengthAt(sample: Sample, w: number): number {
  const { block, key_bits } = sample
  const entropy = -Math.log2(block.overlap ?? 0.5) - binaryEntropy(w / key_bits)
  const left = block.eps - testFailure(sample, w)
  return key_bits * entropy - block.leak_bits - finishingCost_bits(left, block.verification)
}
