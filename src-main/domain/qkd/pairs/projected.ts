/**
 * What an entangled pass would yield if it ended now: the best share of test bits at the error rate seen so far, with a
 * modelled leak. A projection for the display, never a key length.
 */
import { bestTestShare } from '../bounds/test-share'
import { leakPerKeyBit, type TestPlan } from './test-share'
import { VERIFICATION_LEAK_BITS } from '../verification'

/**
 * Projected secret bits, zero or more.
 * @param sifted_bits matched bits so far, disclosed ones included.
 * @param errorRate of the bits disclosed live; NaN projects with the source's own.
 */
export function extractablePairs(
  sifted_bits: number,
  errorRate: number,
  { protocol, source, security }: TestPlan,
): number {
  if (sifted_bits < 2) return 0
  const rate = errorRate >= 0 ? errorRate : (1 - source.visibility) / 2
  if (rate >= 0.5) return 0
  const input = { sifted_bits, expected_error_rate: rate, leak_per_key_bit: leakPerKeyBit(rate) }
  const fixed_leak_bits = VERIFICATION_LEAK_BITS
  return bestTestShare({ ...input, fixed_leak_bits, security, protocol }).expected_bits
}
