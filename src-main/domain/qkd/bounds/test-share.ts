/**
 * How much of a block of pairs to disclose as test, decided from the expected error rate before any error is known.
 * The length is evaluated on a grid of shares, then at every share around the best one; no randomness, so that both
 * stations decide alike from public figures.
 */
import type { PairSecurity } from './pair-key'
import { pairKeyLength } from './pair-key'
import type { Protocol } from '../../model/mission'
import type { ProofName } from '../../model/proof'
import { checkBetween, checkWhole } from './input-checks'
import { MOST_BITS } from './pair-block'

export interface TestShareInput {
  sifted_bits: number
  expected_error_rate: number
  /** Bits disclosed for each key bit, for example f h(e). */
  leak_per_key_bit: number
  /** Bits disclosed whatever the block's size: verification. */
  fixed_leak_bits?: number
  security: PairSecurity
  proof?: ProofName
  protocol?: Protocol
  overlap?: number
}

export interface TestShare {
  test_bits: number
  /** test_bits / sifted_bits. */
  share: number
  /** Key length if the test shows the expected error rate; 0 when no share yields key. */
  expected_bits: number
}

const GRID = 48
/** Shares tried around the best of the grid; below it every one of them. */
const FINE = 64

/**
 * The number of test bits with the longest expected key; where there is none, the one nearest to a key.
 * @throws when an input is impossible; the message names it.
 */
export function bestTestShare(input: TestShareInput): TestShare {
  const { sifted_bits } = input
  checkWhole('sifted_bits', sifted_bits, 2, MOST_BITS)
  checkBetween('expected_error_rate', input.expected_error_rate, 0, 1)
  checkBetween('leak_per_key_bit', input.leak_per_key_bit, 0, 16)
  const best = bestTestBits(sifted_bits, (k) => expectedBits(input, k))
  const expected_bits = Math.max(0, Math.floor(expectedBits(input, best)))
  return { test_bits: best, share: best / sifted_bits, expected_bits }
}

/** Whole k from 1 to m - 1 with the largest length: a grid, then ever finer ones around its best. */
export function bestTestBits(sifted_bits: number, length: (test_bits: number) => number): number {
  let step = Math.max(1, Math.floor(sifted_bits / GRID))
  let best = bestOf(length, step, sifted_bits - 1, step)
  while (step > 1) {
    const reach = step
    step = Math.max(1, Math.floor((2 * reach) / FINE))
    best = bestOf(length, Math.max(1, best - reach), Math.min(sifted_bits - 1, best + reach), step)
  }
  return best
}

function bestOf(length: (k: number) => number, from: number, to: number, step: number): number {
  let best = from
  let most = -Infinity
  for (let k = from; k <= to; k += step) {
    const bits = length(k)
    if (bits > most) [best, most] = [k, bits]
  }
  return best
}

/** Length before it is floored, so that blocks without key still compare. */
function expectedBits(input: TestShareInput, test_bits: number): number {
  const { sifted_bits, security, proof, protocol, overlap } = input
  const test_errors = Math.round(test_bits * input.expected_error_rate)
  const fixed = input.fixed_leak_bits ?? 0
  const leak_bits = input.leak_per_key_bit * (sifted_bits - test_bits) + fixed
  const block = { sifted_bits, test_bits, test_errors, leak_bits }
  return pairKeyLength({ ...block, security, proof, protocol, overlap }).raw_bits
}
