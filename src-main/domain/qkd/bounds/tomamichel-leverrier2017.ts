/**
 * Finite-key length of entangled pairs with a random test sample.
 * Source: Tomamichel, Leverrier, Quantum 1, 14 (2017), arXiv:1506.08458, theorems 2 and 3; the four points of the
 * authors' figure 7 are the test.
 * Symbols: m sifted bits, k for testing, n = m - k, delta tolerated error rate, r leak, t verification bits, cbar overlap.
 * eps_EC = 2^-t; eps_PE(nu) = 2 exp(-n k^2 nu^2/(m (k+1))), 0 < nu < 1/2 - delta, smoothing charge included;
 * eps_PA = 1/2 2^(-(n (log2(1/cbar) - h(delta+nu)) - r - t - ell)/2); eps is their sum, minimised over nu.
 * Limits: fixed length: delta belongs to the protocol, not to the observation.
 */
import { binaryEntropy } from '../entropy'
import { goldenMaximum, polishedZero } from './golden-section'
import {
  checkPairBlock,
  finishingCost_bits,
  unproven,
  type PairBlock,
  type PairBoundResult,
} from './pair-block'

/** Failure probability of the test with allowance nu. */
export function testFailure(
  block: Pick<PairBlock, 'sifted_bits' | 'test_bits'>,
  nu: number,
): number {
  return 2 * Math.exp(-steepness(block) * nu * nu)
}

function steepness({
  sifted_bits: m,
  test_bits: k,
}: Pick<PairBlock, 'sifted_bits' | 'test_bits'>): number {
  return ((m - k) / m) * (k / (k + 1)) * k
}

/**
 * Total failure probability of a key of `ell` bits at a given allowance (figure 7 of the paper).
 * @param t verification bits. @param nu between 0 and 1/2 - delta.
 * @throws when an input is impossible.
 */
export function tomamichelLeverrierEpsilon(
  block: Omit<PairBlock, 'eps' | 'verification'>,
  key: { ell: number; t: number; nu: number },
): number {
  const { ell, t, nu } = key
  checkPairBlock({ ...block, eps: 0.5, verification: t })
  const entropy = (block.sifted_bits - block.test_bits) * perBit(block, nu)
  const eps_PA = 0.5 * 2 ** ((ell + block.leak_bits + t - entropy) / 2)
  return 2 ** -t + testFailure(block, nu) + eps_PA
}

/**
 * The longest key, bits, for a total failure probability; nu is chosen by golden section, then by the zero of the
 * derivative.
 * @throws when an input is impossible; the message names the field, the value and what would be right.
 */
export function tomamichelLeverrier2017(block: PairBlock): PairBoundResult {
  checkPairBlock(block)
  const key_bits = block.sifted_bits - block.test_bits
  const least = Math.sqrt(Math.log(2 / block.eps) / steepness(block))
  const most = 0.5 - block.error_rate
  if (!(least < most)) return unproven(block)
  const length = (nu: number): number => lengthAt(block, nu)
  const near = goldenMaximum(length, least, most)
  const nu = polishedZero((x) => slope(block, x), near, Math.min(1e-4 * near, near - least))
  const ell_raw = Math.max(length(nu), length(near))
  if (!Number.isFinite(ell_raw)) return unproven(block)
  const eps_PE = testFailure(block, nu)
  const phase_error = block.error_rate + nu
  return { key_bits, nu, phase_error, eps_PE, ell_raw, ell: Math.max(0, Math.floor(ell_raw)) }
}

const perBit = (
  { overlap = 0.5, error_rate }: Pick<PairBlock, 'overlap' | 'error_rate'>,
  nu: number,
): number => -Math.log2(overlap) - binaryEntropy(Math.min(0.5, error_rate + nu))

function lengthAt(block: PairBlock, nu: number): number {
  const n = block.sifted_bits - block.test_bits
  const finishing = finishingCost_bits(block.eps - testFailure(block, nu), block.verification)
  return n * perBit(block, nu) - block.leak_bits - finishing
}

/** Derivative of the length by nu, bits. */
function slope(block: PairBlock, nu: number): number {
  const n = block.sifted_bits - block.test_bits
  const rate = block.error_rate + nu
  const failure = testFailure(block, nu)
  const { verification = 'free' } = block
  const left = block.eps - failure - (typeof verification === 'number' ? 2 ** -verification : 0)
  const gain = (2 * steepness(block) * nu * failure) / left
  const weight = verification === 'free' ? 3 : 2
  return (weight / Math.LN2) * gain - n * Math.log2((1 - rate) / rate)
}
