/** The inputs of the one-decoy bounds, and what they must satisfy before the formulas mean anything. */
import {
  checkCounts,
  checkEpsilon,
  checkErrors,
  checkLeak,
  checkOneDecoy,
  checkProbabilities,
} from './input-checks'

export type Pair = [number, number]

/** Detections and errors of one basis: signal, decoy. */
export interface OneDecoyBasis {
  counts: Pair
  errors: Pair
}

export interface OneDecoyInput {
  /** The basis that the key is made of, and the one that tests it. */
  key: OneDecoyBasis
  test: OneDecoyBasis
  intensities: Pair
  probabilities: Pair
  /** Everything disclosed about the key, bits. */
  leak_bits: number
  eps_sec: number
  eps_cor: number
}

const CLASSES = 'signal, decoy'

/** @throws when an input is impossible; the message names the field, the value and what would be right. */
export function checkOneDecoyInput(input: OneDecoyInput): void {
  for (const basis of ['key', 'test'] as const) {
    const { counts, errors } = input[basis]
    checkCounts(`${basis} counts`, counts, CLASSES)
    checkErrors(`${basis} errors`, errors, counts, CLASSES)
  }
  checkOneDecoy(input.intensities)
  checkProbabilities(input.probabilities, 2)
  checkEpsilon('eps_sec', input.eps_sec)
  checkEpsilon('eps_cor', input.eps_cor)
  checkLeak(input.leak_bits)
}
