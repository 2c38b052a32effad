/** Two-decoy models of `micius keylength`: fields in, result fields out. */
import { channelCounts } from '../domain/qkd/bounds/channel-counts'
import { eurSplit } from '../domain/qkd/bounds/decoy-key-length'
import type { DetectorSpread } from '../domain/qkd/bounds/detector-spread'
import { eurVariable2d, type EurEpsilons } from '../domain/qkd/bounds/eur-variable-2d'
import { lim2014 } from '../domain/qkd/bounds/lim2014'
import type { Counts } from '../domain/model/report'
import type { Fields } from './cases'
import { rateOf, total, type KeylengthCase } from './keylength-case'

/** Names of the fields that all decoy-state models read, the first the vectors' own. */
export const MU = ['mu', 'intensities']
export const P_MU = ['p_mu', 'p', 'probabilities']
export const LEAK = ['lambda_EC_given', 'leak_bits', 'leak', 'leak_EC', 'lambda_EC']

/** Fields of the key basis and of the test basis; X is the key's unless `key_basis` says otherwise. */
export interface BasisNames {
  key: string[]
  keyErrors: string[]
  test: string[]
  testErrors: string[]
}

export function basisNames(one: KeylengthCase): BasisNames {
  const key = one.word('key_basis', ['X', 'Z'], 'X')
  // Written with K for the key, the other letter is the test whichever it is.
  const lettered = one.nameOf('n_K', 'nK') !== undefined
  const test = key === 'Z' || lettered ? 'X' : 'Z'
  const of = (letter: string, ...kinds: string[]) =>
    kinds.flatMap((kind) => [`${kind}${letter}`, `${kind}_${letter}`])
  return {
    key: lettered ? ['nK', 'n_K'] : of(key, 'n'),
    keyErrors: lettered ? ['mK', 'm_K'] : of(key, 'm', 'c'),
    test: of(test, 'n'),
    testErrors: of(test, 'm', 'c'),
  }
}

const asCounts = ([a, b, c]: number[]): Counts => [a, b, c]

interface Observed {
  key: Counts
  test: Counts
  testErrors: Counts
  /** Absent when the case has none. */
  keyErrors?: Counts
}

/** Counts as given, or those of the channel when it is described and none are given. */
function observed(one: KeylengthCase): Observed {
  const names = basisNames(one)
  if (one.nameOf(...names.key, ...names.test) === undefined && one.nameOf('N_pulses'))
    return fromChannel(one)
  const read = (which: keyof BasisNames): Counts => asCounts(one.counts(3, ...names[which]))
  const keyErrors = one.nameOf(...names.keyErrors) ? { keyErrors: read('keyErrors') } : {}
  return { key: read('key'), test: read('test'), testErrors: read('testErrors'), ...keyErrors }
}

function fromChannel(one: KeylengthCase): Observed {
  const channel = {
    pulses: one.number('N_pulses'),
    basis_x_probability: one.number('Px'),
    intensities: one.triple(...MU),
    probabilities: one.triple(...P_MU),
    transmittance: one.number('eta_sys'),
    dark_count_probability: one.number('p_dc'),
    misalignment_error: one.number('e_mis'),
    afterpulse_probability: one.numberOr(0, 'p_ap'),
  }
  const { counts, errors } = one.attempt(() => channelCounts(channel))
  return { key: counts.x, test: counts.z, testErrors: errors.z, keyErrors: errors.x }
}

/** What describes the channel beside the counts; known, and of no effect when counts are given. */
export const DESCRIPTION = ['N_pulses', 'Px', 'eta_sys', 'p_dc', 'e_mis', 'p_ap', 'f_EC', 'f']

function keyLeak(one: KeylengthCase, names: string[], { key, keyErrors }: Observed): number {
  for (const name of DESCRIPTION) one.nameOf(name)
  if (keyErrors && keyErrors.some((m, k) => m > key[k]))
    one.fail(
      one.nameOf(...basisNames(one).keyErrors) ?? 'mX',
      `at most the counts ${key.join(', ')}`,
    )
  const rate = (): number =>
    keyErrors
      ? rateOf(keyErrors, key)
      : one.fail(basisNames(one).keyErrors[0], 'the errors of the key basis, for f_EC')
  return one.leak(names, total(key), rate)
}

/**
 * Lim 2014, the fields of the vectors' `result`; s_0 with n_2^- as their text has it, unless `vacuum` asks for the
 * paper's n_2^+.
 */
export function solveLim2014(one: KeylengthCase): Fields {
  const seen = observed(one)
  const lambda_EC = keyLeak(one, LEAK.slice(0, 4), seen)
  const input = {
    ...{ key: seen.key, test: seen.test, testErrors: seen.testErrors, leak_bits: lambda_EC },
    intensities: one.triple(...MU),
    probabilities: one.triple(...P_MU),
    eps_sec: one.number('eps_sec'),
    eps_cor: one.number('eps_cor'),
    bound: one.word('bound', ['hoeffding', 'chernoff'], 'hoeffding'),
    vacuum: one.word('vacuum', ['n2-', 'n2+'], 'n2-'),
  }
  const { ell_raw, ell, phi_X, ...photons } = one.attempt(() => lim2014(input))
  const QBER_X = seen.keyErrors ? { QBER_X: rateOf(seen.keyErrors, seen.key) } : {}
  const result = { ...photons, ...QBER_X, lambda_EC, phi_X, ell_raw, ell }
  return { result, ...result }
}

/** Two decoys, variable length: with the parts of the failure probability, or split from eps_sec and eps_cor. */
export function solveEur(one: KeylengthCase): Fields {
  const seen = observed(one)
  const lambda_EC = keyLeak(one, LEAK, seen)
  const epsilons = epsilonsOf(one)
  const spread = spreadOf(one)
  const input = {
    ...{ key: seen.key, test: seen.test, testErrors: seen.testErrors, leak_bits: lambda_EC },
    intensities: one.triple(...MU),
    probabilities: one.triple(...P_MU),
    ...epsilons,
    ...(spread ? { spread } : {}),
  }
  return { ...one.attempt(() => eurVariable2d(input)), lambda_EC, ...epsilons }
}

function epsilonsOf(one: KeylengthCase): EurEpsilons {
  if (one.nameOf('eps_d') === undefined)
    return eurSplit(failure(one, 'eps_sec'), failure(one, 'eps_cor'))
  const needed = { eps_d: one.number('eps_d'), eps_a: one.number('eps_a') }
  const last = { eps_PA: one.number('eps_PA'), eps_EV: one.number('eps_EV', 'eps_cor') }
  if (one.nameOf('eps_b', 'eps_c') === undefined) return { ...needed, ...last }
  return { ...needed, eps_b: one.number('eps_b'), eps_c: one.number('eps_c'), ...last }
}

function failure(one: KeylengthCase, name: string): number {
  const epsilon = one.number(name)
  return epsilon > 0 && epsilon < 1 ? epsilon : one.fail(name, 'between 0 and 1')
}

const SPREAD = ['Delta_eta', 'efficiency_spread', 'Delta_dc', 'dark_count_spread']

function spreadOf(one: KeylengthCase): DetectorSpread | undefined {
  if (one.nameOf(...SPREAD) === undefined) return undefined
  return {
    efficiency: one.numberOr(0, 'Delta_eta', 'efficiency_spread'),
    dark_counts: one.numberOr(0, 'Delta_dc', 'dark_count_spread'),
    dark_count_probability: one.numberOr(0, 'd', 'p_dc', 'dark_count_probability'),
  }
}
