/**
 * How many sifted bits are disclosed to estimate the error rate. A few are disclosed while the pass lasts, for the live
 * error rate; when it is over their number is filled up to the best one for this block size. The number follows from
 * the block's size and the expected error rate alone, never from errors that were seen, and every subset of that size
 * is as likely as any other, as sampling bounds need it.
 */
import type { Security } from '../../model/mission'
import { bestTestShare } from '../bounds/test-share'
import { binaryEntropy } from '../entropy'
import { VERIFICATION_LEAK_BITS } from '../verification'
import type { PairProtocol } from './settings'
import type { PairTally } from './tally'

/** Disclosed live: the least that a test needs at any block size in reach. */
export const LIVE_TEST_SHARE = 0.05
/** Cascade on blocks of thousands of bits (f of the reconciliation that follows, assumed). */
const EFFICIENCY = 1.2

/** Where no share promises key: the one that blocks just large enough take, so that the pass still shows its error rate. */
const HOPELESS_SHARE = 0.4

/** What both sides know before any error. */
export interface TestPlan {
  protocol: PairProtocol
  source: { visibility: number }
  security: Security
}

/** Parities expected for each key bit at an error rate. */
export const leakPerKeyBit = (errorRate: number): number => EFFICIENCY * binaryEntropy(errorRate)

/** Test bits still to be drawn from the key of a finished pass. */
export function testBitsToAdd(tally: PairTally, plan: TestPlan): number {
  const sifted_bits = tally.keyBits + tally.testBits
  if (sifted_bits < 2 || tally.keyBits === 0) return 0
  const expected_error_rate = (1 - plan.source.visibility) / 2
  const { test_bits, expected_bits } = bestTestShare({
    sifted_bits,
    expected_error_rate,
    leak_per_key_bit: leakPerKeyBit(expected_error_rate),
    fixed_leak_bits: VERIFICATION_LEAK_BITS,
    security: plan.security,
    protocol: plan.protocol,
  })
  const wanted = expected_bits > 0 ? test_bits : Math.round(HOPELESS_SHARE * sifted_bits)
  return Math.min(tally.keyBits - 1, Math.max(0, wanted - tally.testBits))
}
