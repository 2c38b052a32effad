/** Pair models of `micius keylength`: fields in, result fields out. */
import { exactHypergeometric } from '../domain/qkd/bounds/exact-hypergeometric'
import { lim2021 } from '../domain/qkd/bounds/lim2021'
import type { PairBlock, PairBoundResult } from '../domain/qkd/bounds/pair-block'
import { bestTestBits } from '../domain/qkd/bounds/test-share'
import { tomamichel2012, type TomamichelVariant } from '../domain/qkd/bounds/tomamichel2012'
import { tomamichelLeverrier2017 } from '../domain/qkd/bounds/tomamichel-leverrier2017'
import type { Fields } from './cases'
import type { KeylengthCase } from './keylength-case'

const RATE = ['error_rate', 'qber', 'Q']
const LEAK = ['leak_EC', 'r', 'leak_bits', 'leak', 'lambda_EC']

/** Tomamichel 2012, as in the BBM92 vectors. */
export function solveBbm92(one: KeylengthCase): Fields {
  const key_bits = one.whole(1, 'n', 'key_bits')
  const error_rate = one.share('Q_tol', 'delta', ...RATE)
  const variant = variantOf(one)
  const input = {
    ...{ key_bits, test_bits: one.whole(1, 'k', 'test_bits'), error_rate, variant },
    leak_bits: one.leak(LEAK, key_bits, () => error_rate),
    eps_sec: one.number('eps_sec'),
    eps_cor: one.number('eps_cor'),
    quality: one.numberOr(1, 'q', 'quality'),
  }
  return { ...one.attempt(() => tomamichel2012(input)), variant }
}

/** `ln4` is the theorem's; both may carry the formula's name in front. */
function variantOf(one: KeylengthCase): TomamichelVariant {
  const words = ['ln4', 'ln2', 'tomamichel2012-ln4', 'tomamichel2012-ln2'] as const
  return one.word('variant', words, 'ln4').endsWith('ln2') ? 'ln2' : 'ln4'
}

type Bound = (block: PairBlock) => PairBoundResult

const solveBy =
  (bound: Bound) =>
  (one: KeylengthCase): Fields => {
    const sifted_bits = siftedBits(one)
    const blockOf = blockReader(one, sifted_bits)
    const test_bits = testBits(one, sifted_bits, (k) => bound(blockOf(k)).ell_raw)
    const block = blockOf(test_bits)
    const found = one.attempt(() => bound(block))
    return { ...found, test_bits, leak_bits: block.leak_bits }
  }

export const solveTomamichelLeverrier = solveBy(tomamichelLeverrier2017)
export const solveLim2021 = solveBy(lim2021)
export const solveExact = solveBy(exactHypergeometric)

/** m, or key and test bits together. */
function siftedBits(one: KeylengthCase): number {
  if (one.nameOf('m', 'sifted_bits')) return one.whole(2, 'm', 'sifted_bits')
  if (one.nameOf('n', 'key_bits'))
    return one.whole(1, 'n', 'key_bits') + one.whole(1, 'k', 'test_bits')
  return one.fail('m', 'the number of sifted bits')
}

/** k, or m times beta, or the best one when neither is given. */
function testBits(one: KeylengthCase, m: number, length: (k: number) => number): number {
  if (one.nameOf('k', 'test_bits')) return one.whole(1, 'k', 'test_bits')
  if (one.nameOf('beta')) return Math.floor(one.number('beta') * m)
  return one.attempt(() => bestTestBits(m, length))
}

/** Everything of a block but its test size, read once. */
function blockReader(one: KeylengthCase, sifted_bits: number): (test_bits: number) => PairBlock {
  const error_rate = one.share('delta', 'Q_tol', ...RATE)
  const rest = { error_rate, ...target(one), overlap: one.numberOr(0.5, 'overlap', 'cbar') }
  const errors = one.nameOf('test_errors') ? { test_errors: one.whole(0, 'test_errors') } : {}
  const given = one.nameOf(...LEAK) !== undefined
  const total = one.leak(LEAK, sifted_bits, () => Math.min(0.5, error_rate))
  const perBit = total / sifted_bits
  return (test_bits) => {
    const leak_bits = given ? total : perBit * (sifted_bits - test_bits)
    return { sifted_bits, test_bits, leak_bits, ...rest, ...errors }
  }
}

/** The whole failure probability with the tag inside it; or eps_sec with a tag of log2(1/eps_cor) bits. */
function target(one: KeylengthCase): Pick<PairBlock, 'eps' | 'verification'> {
  const total = one.nameOf('eps', 'eps_total', 'epsilon', 'eps_QKD')
  const t = one.nameOf('t', 'verification_bits')
  if (total !== undefined)
    return { eps: one.number(total), verification: t ? one.whole(1, t) : 'free' }
  const eps_cor = one.number('eps_cor')
  if (!(eps_cor > 0 && eps_cor < 1)) one.fail('eps_cor', 'between 0 and 1')
  const bits = t ? one.whole(1, t) : Math.ceil(-Math.log2(eps_cor))
  return { eps: one.number('eps_sec') + 2 ** -bits, verification: bits }
}
