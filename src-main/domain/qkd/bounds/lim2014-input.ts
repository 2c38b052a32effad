/** The inputs of the Lim 2014 bound, and what they must satisfy before its formula means anything. */
import type { Counts } from '../../model/report'
import {
  checkCounts,
  checkEpsilon,
  checkErrors,
  checkLeak,
  checkProbabilities,
  checkTwoDecoys,
} from './input-checks'

export type CountBound = 'hoeffding' | 'chernoff'
/** Which bound on the decoy counts enters s_0: `n2+` is the paper's safe form, `n2-` that of SatQuMA. */
export type VacuumForm = 'n2+' | 'n2-'

export interface Lim2014Input {
  /** Detections in the key basis and in the test basis, per intensity. */
  key: Counts
  test: Counts
  testErrors: Counts
  intensities: [number, number, number]
  probabilities: [number, number, number]
  /** Everything disclosed about the key, bits. */
  leak_bits: number
  eps_sec: number
  eps_cor: number
  bound: CountBound
  /** `n2+` when absent; the two are the same at mu3 = 0. */
  vacuum?: VacuumForm
}

export const TWO_DECOY_CLASSES = 'signal, decoy, vacuum'

/** @throws when an input is impossible; the message names the field, the value and what would be right. */
export function checkLim2014(input: Lim2014Input): void {
  checkCounts('key counts', input.key, TWO_DECOY_CLASSES)
  checkCounts('test counts', input.test, TWO_DECOY_CLASSES)
  checkErrors('test errors', input.testErrors, input.test, TWO_DECOY_CLASSES)
  checkTwoDecoys(input.intensities)
  checkProbabilities(input.probabilities, 3)
  checkEpsilon('eps_sec', input.eps_sec)
  checkEpsilon('eps_cor', input.eps_cor)
  checkLeak(input.leak_bits)
}
