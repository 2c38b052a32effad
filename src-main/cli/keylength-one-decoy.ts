/** One-decoy models of `micius keylength`: fields in, result fields out. */
import type { OneDecoyInput } from '../domain/qkd/bounds/one-decoy-input'
import { rusca2018 } from '../domain/qkd/bounds/rusca2018'
import { wiesemann1d } from '../domain/qkd/bounds/wiesemann-1d'
import type { Fields } from './cases'
import { rateOf, total, type KeylengthCase } from './keylength-case'
import { basisNames, DESCRIPTION, LEAK, MU, P_MU, type BasisNames } from './keylength-decoy'

function oneDecoy(one: KeylengthCase): OneDecoyInput {
  const names = basisNames(one)
  for (const name of DESCRIPTION) one.nameOf(name)
  const read = (which: keyof BasisNames): [number, number] => {
    const [signal, decoy] = one.counts(2, ...names[which])
    return [signal, decoy]
  }
  const key = { counts: read('key'), errors: read('keyErrors') }
  const test = { counts: read('test'), errors: read('testErrors') }
  const rate = (): number => Math.min(1, rateOf(key.errors, key.counts))
  return {
    ...{ key, test, intensities: one.pair(...MU), probabilities: one.pair(...P_MU) },
    leak_bits: one.leak(LEAK, total(key.counts), rate),
    eps_sec: one.number('eps_sec'),
    eps_cor: one.number('eps_cor'),
  }
}

/** Rusca 2018, whatever basis the key is in. */
export function solveRusca2018(one: KeylengthCase): Fields {
  const input = oneDecoy(one)
  return { ...one.attempt(() => rusca2018(input)), lambda_EC: input.leak_bits }
}

/** Wiesemann; the variants of the authors' simulation by `concentration`, `sampling` and `credit_vacuum`. */
export function solveWiesemann(one: KeylengthCase): Fields {
  const input = {
    ...oneDecoy(one),
    concentration: one.word('concentration', ['hoeffding', 'azuma'], 'hoeffding'),
    sampling: one.word('sampling', ['serfling', 'fung-ma-chau'], 'serfling'),
    credit_vacuum: one.flag('credit_vacuum'),
  }
  return { ...one.attempt(() => wiesemann1d(input)), lambda_EC: input.leak_bits }
}
