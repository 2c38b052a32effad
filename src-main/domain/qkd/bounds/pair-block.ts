/** A block of pairs cut into key and test, and what verification and amplification cost it; shared by the pair bounds. */
import { checkBetween, checkEpsilon, checkLeak, checkWhole } from './input-checks'

/** Blocks beyond it are not in reach of any source, and sums would take minutes. */
export const MOST_BITS = 1e10

export interface PairBlock {
  /** m, key and test together. */
  sifted_bits: number
  /** k, disclosed and discarded. */
  test_bits: number
  /** delta, tolerated in the test. */
  error_rate: number
  /** r, everything disclosed about the key bits; the verification tag only where `verification` says so. */
  leak_bits: number
  /** Failure probability to be kept, secrecy and, unless the tag is counted elsewhere, correctness. */
  eps: number
  /**
   * Verification tag: `free` chooses t so that 2^-t is a third of what the test leaves of eps (real-valued, the
   * published optimum); a number fixes t; `counted`: its bits are in `leak_bits` and its failure is outside eps.
   */
  verification?: 'free' | 'counted' | number
  /** max |<x|z>|^2 of the two bases that make the key: 1/2 when they are mutually unbiased. */
  overlap?: number
}

/** @throws when an input is impossible; the message names the field, the value and what would be right. */
export function checkPairBlock(block: PairBlock): void {
  checkWhole('sifted_bits', block.sifted_bits, 2, MOST_BITS)
  checkWhole('test_bits', block.test_bits, 1, block.sifted_bits - 1)
  checkBetween('error_rate', block.error_rate, 0, 1)
  checkBetween('overlap', block.overlap ?? 0.5, 0.5, 1)
  checkLeak(block.leak_bits)
  checkEpsilon('eps', block.eps)
  const { verification = 'free' } = block
  if (typeof verification === 'number') checkBetween('verification bits t', verification, 1, 4096)
}

/**
 * Bits that amplification and verification cost when the test may still fail with `left`: t - 2 log2(2 eps_PA);
 * infinite when nothing is left.
 */
export function finishingCost_bits(left: number, verification: PairBlock['verification']): number {
  if (!(left > 0)) return Infinity
  if (verification === 'counted') return -2 * Math.log2(2 * left)
  if (typeof verification === 'number') {
    const forSecrecy = left - 2 ** -verification
    return forSecrecy > 0 ? verification - 2 * Math.log2(2 * forSecrecy) : Infinity
  }
  return -3 * Math.log2(left) - Math.log2(16 / 27)
}

export interface PairBoundResult {
  key_bits: number
  /** nu: allowance between the test's error rate and that of the key. */
  nu: number
  phase_error: number
  /** Share of eps that the test takes, eps_PE as it enters the sum. */
  eps_PE: number
  /** Length before it is floored and clamped at zero. */
  ell_raw: number
  ell: number
}

/** The result where no allowance keeps the failure probability: no key bit is proven secret. */
export function unproven(block: PairBlock): PairBoundResult {
  const key_bits = block.sifted_bits - block.test_bits
  const ell_raw =
    -block.leak_bits - Math.min(finishingCost_bits(block.eps, block.verification), 4096)
  return {
    key_bits,
    nu: 0.5 - Math.min(0.5, block.error_rate),
    phase_error: 0.5,
    eps_PE: 0,
    ell_raw,
    ell: 0,
  }
}
