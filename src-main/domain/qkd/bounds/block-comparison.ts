/**
 * What each named bound gives for a block of pairs of which only size, error rate and efficiency are known, such as a
 * published one: the best test sample, the whole failure probability shared out by each bound's own optimum.
 * For Yin et al., Nature 582, 501 (2020): 3100 sifted bits, 4.51 %, f 1.19, 1e-10, published 372 bits. No rigorous bound
 * that could be found gives that length; it is shown beside these, and is no target.
 */
import { proofsFor, type ProofName } from '../../model/proof'
import { binaryEntropy } from '../entropy'
import { pairsAsymptotic } from './asymptotic'
import { exactHypergeometric } from './exact-hypergeometric'
import { checkBetween, checkEpsilon, checkWhole } from './input-checks'
import { lim2021 } from './lim2021'
import { MOST_BITS, type PairBlock } from './pair-block'
import { noteOf } from './proof-notes'
import { bestTestBits } from './test-share'
import { tomamichel2012, type TomamichelVariant } from './tomamichel2012'
import { tomamichelLeverrier2017 } from './tomamichel-leverrier2017'

export interface KnownBlock {
  sifted_bits: number
  error_rate: number
  /** Reconciliation efficiency: the leak is f h(e) a key bit. */
  efficiency_f: number
  /** Total failure probability. */
  eps: number
}

export interface BlockBound {
  bound: ProofName | 'asymptotic' | 'tomamichel2012, variant ln2'
  /** Absent where the bound tests nothing. */
  test_bits?: number
  secret_bits: number
  note: string
}

/** The block of Yin et al., Nature 582, 501 (2020), abstract and extended figure 4, and the length published for it. */
export const yin2020Block: KnownBlock & { published_bits: number } = {
  sifted_bits: 3100,
  error_rate: 0.0451,
  efficiency_f: 1.19,
  eps: 1e-10,
  published_bits: 372,
}

/**
 * Key lengths of one block by every bound for pairs, each at its best test size, the asymptotic limit first.
 * @throws when the block is impossible; the message names the field.
 */
export function compareForBlock(block: KnownBlock): BlockBound[] {
  checkWhole('sifted_bits', block.sifted_bits, 2, MOST_BITS)
  checkBetween('error_rate', block.error_rate, 0, 0.5)
  checkEpsilon('eps', block.eps)
  const rate = pairsAsymptotic(block.error_rate, block.error_rate, block.efficiency_f)
  const limit = Math.max(0, Math.floor(block.sifted_bits * rate))
  const ln2 = bestBy(block, (one) => by2012(one, 'ln2'))
  return [
    { bound: 'asymptotic', secret_bits: limit, note: 'no statistics: a limit, not a key' },
    ...proofsFor('bbm92').map((proof) => {
      return { bound: proof, ...bestBy(block, lengthBy(proof)), note: noteOf(proof) }
    }),
    { bound: 'tomamichel2012, variant ln2', ...ln2, note: 'no proof: kept for other numbers' },
  ]
}

type Length = (block: PairBlock) => number

function lengthBy(proof: ProofName): Length {
  if (proof === 'lim2021') return (block) => lim2021(block).ell_raw
  if (proof === 'exact-hypergeometric') return (block) => exactHypergeometric(block).ell_raw
  if (proof === 'tomamichel2012') return (block) => by2012(block, 'ln4')
  return (block) => tomamichelLeverrier2017(block).ell_raw
}

/** Its own two epsilons share the total in halves. */
function by2012(block: PairBlock, variant: TomamichelVariant): number {
  const { sifted_bits, test_bits, error_rate, leak_bits, eps } = block
  const target = { eps_sec: eps / 2, eps_cor: eps / 2 }
  const key_bits = sifted_bits - test_bits
  return tomamichel2012({ key_bits, test_bits, error_rate, leak_bits, ...target, variant }).ell_raw
}

function bestBy(block: KnownBlock, length: Length): { test_bits: number; secret_bits: number } {
  const { sifted_bits, error_rate, efficiency_f, eps } = block
  const perBit = efficiency_f * binaryEntropy(error_rate)
  const at = (test_bits: number): number =>
    length({
      sifted_bits,
      test_bits,
      error_rate,
      leak_bits: perBit * (sifted_bits - test_bits),
      eps,
    })
  const test_bits = bestTestBits(sifted_bits, at)
  return { test_bits, secret_bits: Math.max(0, Math.floor(at(test_bits))) }
}
