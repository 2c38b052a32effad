/** The inputs of the Lim 2014 bound, and what they must satisfy before its formula means anything. */
import type { Counts } from '../model/report'

export type CountBound = 'hoeffding' | 'chernoff'

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
}

/** @throws when an input is impossible; the message names the field, the value and what would be right. */
export function checkLim2014(input: Lim2014Input): void {
  checkCounts('key counts', input.key)
  checkCounts('test counts', input.test)
  checkErrors(input.testErrors, input.test)
  checkIntensities(input.intensities)
  checkProbabilities(input.probabilities)
  for (const field of ['eps_sec', 'eps_cor'] as const) {
    const eps = input[field]
    if (!(eps > 0 && eps < 1)) refuse(field, eps, 'it must lie between 0 and 1')
  }
  if (!(input.leak_bits >= 0 && Number.isFinite(input.leak_bits))) {
    refuse('leak_bits', input.leak_bits, 'it must be a finite number, zero or more')
  }
}

/** Stops at an impossible input. @throws Error naming the field, the value and what would be right. */
export function refuse(field: string, value: unknown, right: string): never {
  const shown = typeof value === 'number' ? String(value) : JSON.stringify(value)
  throw new Error(`Finite-key length: ${field} ${shown} is impossible; ${right}`)
}

function checkCounts(field: string, counts: Counts): void {
  if (counts.length !== 3 || !counts.every((n) => Number.isFinite(n) && n >= 0)) {
    refuse(field, counts, 'it needs three finite counts, zero or more (signal, decoy, vacuum)')
  }
}

function checkErrors(errors: Counts, counts: Counts): void {
  checkCounts('test errors', errors)
  if (errors.some((m, k) => m > counts[k])) {
    refuse('test errors', errors, `none may exceed its detections ${JSON.stringify(counts)}`)
  }
}

function checkIntensities(intensities: [number, number, number]): void {
  const [mu1, mu2, mu3] = intensities
  if (!(mu3 >= 0 && mu2 > mu3 && mu1 > mu2 + mu3 && Number.isFinite(mu1))) {
    refuse('intensities', intensities, 'they need mu1 > mu2 + mu3 and mu2 > mu3 >= 0')
  }
}

function checkProbabilities(probabilities: [number, number, number]): void {
  const sum = probabilities.reduce((total, p) => total + p, 0)
  if (!probabilities.every((p) => p > 0) || Math.abs(sum - 1) > 1e-9) {
    refuse('probabilities', probabilities, 'they must be positive and sum to 1')
  }
}
