/** Models of `micius keylength` that take no counts: asymptotic rates, and a satellite pass. */
import { decoyAsymptotic, pairsAsymptotic } from '../domain/qkd/bounds/asymptotic'
import { passKeyLength } from '../domain/qkd/pass-model'
import {
  readLossProfile,
  readPassInputs,
  readSourceParameters,
} from '../domain/qkd/pass-model-input'
import { isRecord } from './case-reader'
import type { Fields } from './cases'
import type { KeylengthCase } from './keylength-case'
import { lossProfileOf } from './optimise'

/** Vacuum + weak decoy, the fields of the vectors; another efficiency than 1.22 has its own field. */
export function solveDecoyAsymptotic(one: KeylengthCase): Fields {
  const input = {
    mu: one.number('mu'),
    nu: one.number('nu'),
    eta: one.number('eta'),
    Y0: one.number('Y0'),
    e_d: one.number('e_d'),
  }
  const { rate_per_pulse, ...found } = one.attempt(() => decoyAsymptotic(input))
  const answers = { ...found, R_per_pulse_q_half_f122: rate_per_pulse }
  if (one.nameOf('f', 'f_EC') === undefined) return answers
  const f = one.number('f', 'f_EC')
  const own = one.attempt(() => decoyAsymptotic({ ...input, f }))
  return { ...answers, rate_per_pulse: own.rate_per_pulse }
}

/** Symmetric pairs: key per sifted bit, and per second where a sifted rate is given. */
export function solvePairsAsymptotic(one: KeylengthCase): Fields {
  const e_x = one.number('e_x', 'e', 'Q', 'qber', 'Q_tol', 'error_rate')
  const e_z = one.numberOr(e_x, 'e_z')
  const f = one.number('f', 'f_EC', 'efficiency_f')
  const rate_per_sifted_bit = one.attempt(() => pairsAsymptotic(e_x, e_z, f))
  if (one.nameOf('R_sift') === undefined) return { rate_per_sifted_bit }
  return { rate_per_sifted_bit, R: one.number('R_sift') * rate_per_sifted_bit }
}

/** One satellite pass by its loss profile, in the columns of the pass model. */
export function solvePass(one: KeylengthCase, document: Fields): Fields {
  const given = one.one.has('inputs') ? one.one.raw('inputs') : one.one.fields
  const inputs = one.attempt(() => readPassInputs(given))
  const profile = one.attempt(() => readLossProfile(lossProfileOf(one.one, document)))
  const x = (isRecord(given) ? given['x'] : undefined) ?? one.one.raw('x')
  if (x === undefined || x === null)
    one.fail('x', '[Px, pk1, pk2, mu1, mu2] (micius optimise finds the best)')
  const source = one.attempt(() => readSourceParameters(x, inputs.mu3))
  const columns = one.attempt(() => passKeyLength(inputs, profile, source))
  return { ...columns, outputs: [columns] }
}
