/**
 * Finite-key length of small blocks of entangled pairs.
 * Source: Lim, Xu, Pan, Ekert, PRL 126, 100501 (2021), arXiv:2009.04882; formula from a transcription, checked against
 * the quoted "six bits from 3100 at 1e-6" within a few bits, not read in print.
 * Symbols: m sifted bits, k tested, n = m - k, delta error rate, r leak, t verification bits, 0 < xi < nu < 1/2 - delta.
 * eps_PE = sqrt{exp(-2 m k xi^2/(n+1)) + exp(-2 Gamma [(n (nu-xi))^2 - 1])}, Gamma = 1/(m(delta+xi)+1) +
 * 1/(m - m(delta+xi) + 1); eps = 2^-t + 2 eps_PE + eps_PA; ell = n (1 - h(delta+nu)) - r - t + 2 log2(2 eps_PA).
 * The first exponential is Serfling's for the total, the second a hypergeometric tail for a known total.
 * Limits: fixed length: delta belongs to the protocol, not to the observation.
 */
import { binaryEntropy } from '../entropy'
import { goldenMaximum } from './golden-section'
import {
  checkPairBlock,
  finishingCost_bits,
  unproven,
  type PairBlock,
  type PairBoundResult,
} from './pair-block'

/**
 * The longest key, bits, maximised over nu and xi (two nested golden sections, deterministic).
 * @throws when an input is impossible; the message names the field, the value and what would be right.
 */
export function lim2021(block: PairBlock): PairBoundResult {
  checkPairBlock(block)
  const most = 0.5 - block.error_rate
  if (!(most > 0)) return unproven(block)
  const least = leastAllowance(block, most)
  if (least === null) return unproven(block)
  const nu = goldenMaximum((x) => lengthAt(block, x), least, most)
  const ell_raw = lengthAt(block, nu)
  if (!Number.isFinite(ell_raw)) return unproven(block)
  const key_bits = block.sifted_bits - block.test_bits
  const eps_PE = 2 * testFailure(block, nu)
  const phase_error = block.error_rate + nu
  return { key_bits, nu, phase_error, eps_PE, ell_raw, ell: Math.max(0, Math.floor(ell_raw)) }
}

/** Smallest allowance whose test fails rarely enough (the failure falls with it); null when none does. */
function leastAllowance(block: PairBlock, most: number): number | null {
  if (2 * testFailure(block, most) >= block.eps) return null
  let [low, high] = [0, most]
  for (let i = 0; i < 50; i += 1) {
    const middle = (low + high) / 2
    if (2 * testFailure(block, middle) >= block.eps) low = middle
    else high = middle
  }
  return high
}

function lengthAt(block: PairBlock, nu: number): number {
  const n = block.sifted_bits - block.test_bits
  const overlapBits = -Math.log2(block.overlap ?? 0.5)
  const entropy = overlapBits - binaryEntropy(Math.min(0.5, block.error_rate + nu))
  const left = block.eps - 2 * testFailure(block, nu)
  return n * entropy - block.leak_bits - finishingCost_bits(left, block.verification)
}

/** eps_PE at the best xi for this nu. */
function testFailure(block: PairBlock, nu: number): number {
  const exponent = (xi: number): number => logSum(exponents(block, nu, xi))
  const xi = goldenMaximum((x) => -exponent(x), 0, nu)
  return Math.exp(exponent(xi) / 2)
}

/** Logarithms of the two exponentials. */
function exponents(block: PairBlock, nu: number, xi: number): [number, number] {
  const { sifted_bits: m, test_bits: k, error_rate } = block
  const n = m - k
  const wrong = m * (error_rate + xi)
  const gamma = 1 / (wrong + 1) + 1 / (m - wrong + 1)
  return [(-2 * m * k * xi * xi) / (n + 1), -2 * gamma * ((n * (nu - xi)) ** 2 - 1)]
}

const logSum = ([a, b]: [number, number]): number =>
  Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))
