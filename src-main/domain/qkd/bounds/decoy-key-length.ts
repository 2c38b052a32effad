/**
 * One basis' key length by the name of its bound, for decoy-state sources.
 * Parts of the failure probability: Lim 2014 cuts eps_sec into 21 equal parts, Rusca 2018 into 19, Wiesemann into 15.
 * For eur-variable-2d the secrecy is 2 eps_AT + eps_PA = eps_sec with both halves alike: eps_AT = eps_sec/4,
 * eps_PA = eps_sec/2; eps_AT^2 = 9 eps_d^2 + eps_a^2 with eps_d = eps_a = eps_AT/sqrt(10); eps_EV = eps_cor. The length
 * depends on the parts by logarithms only, so that equal halves lose a few bits against the best split.
 */
import type { ProofName } from '../../model/proof'
import type { Counts, EpsilonShare, KeyLengthTerms } from '../../model/report'
import { epsilonAT, eurVariable2d, type EurEpsilons } from './eur-variable-2d'
import { refuse } from './input-checks'
import { lim2014 } from './lim2014'
import type { OneDecoyInput, Pair } from './one-decoy-input'
import { rusca2018, RUSCA_SHARES } from './rusca2018'
import { wiesemann1d, WIESEMANN_SHARES } from './wiesemann-1d'

/** Counts are triples whatever the source; classes that it does not have stay 0. */
export interface DecoyBasis {
  counts: Counts
  errors: Counts
}

export interface DecoyKeyInput {
  key: DecoyBasis
  test: DecoyBasis
  intensities: [number, number, number] | [number, number]
  probabilities: [number, number, number] | [number, number]
  leak_bits: number
  eps_sec: number
  eps_cor: number
}

export interface BasisResult {
  terms: KeyLengthTerms
  /** Single photons proven in the test basis. */
  s_test1: number
  /** Vacuum detections that the bound counts as secret; 0 where it does not credit them. */
  credited_s0: number
  /** What can fail with which probability; the sum is eps_sec + eps_cor. */
  epsilon_shares: EpsilonShare[]
}

const bounds: Partial<Record<ProofName, (input: DecoyKeyInput) => BasisResult>> = {
  lim2014: byLim2014,
  'eur-variable-2d': byEur,
  rusca2018: byRusca2018,
  'wiesemann-1d': byWiesemann,
}

/**
 * Key length of one basis in bits, with its terms and the parts of its failure probability.
 * @throws when the bound is none of decoy states, or an input is impossible; the message names it.
 */
export function decoyKeyLength(proof: ProofName, input: DecoyKeyInput): BasisResult {
  const bound = bounds[proof]
  if (!bound) refuse('proof', proof, `decoy states have ${Object.keys(bounds).join(', ')}`)
  return bound(input)
}

/** The parts of a secrecy and a correctness target for `eurVariable2d`, without detector spread. */
export function eurSplit(eps_sec: number, eps_cor: number): EurEpsilons {
  const each = eps_sec / (4 * Math.sqrt(10))
  return { eps_d: each, eps_a: each, eps_PA: eps_sec / 2, eps_EV: eps_cor }
}

function byLim2014(input: DecoyKeyInput): BasisResult {
  const found = lim2014({ ...twoDecoyInput(input), bound: 'hoeffding' })
  const terms = { s0: found.s_X0, s1: found.s_X1, phase_error: found.phi_X, ...ends(input, found) }
  const credited_s0 = found.s_X0
  return { terms, s_test1: found.s_Z1, credited_s0, epsilon_shares: equalShares(21, input) }
}

function byEur(input: DecoyKeyInput): BasisResult {
  const epsilons = eurSplit(input.eps_sec, input.eps_cor)
  const found = eurVariable2d({ ...twoDecoyInput(input), ...epsilons })
  const phase_error = Math.min(0.5, found.e_ph)
  const terms = { s0: found.s_K0, s1: found.s_K1, phase_error, ...ends(input, found) }
  const epsilon_shares = [
    { what: 'decoy counts and sampling, 2 eps_AT', epsilon: 2 * epsilonAT(epsilons) },
    { what: 'privacy amplification, eps_PA', epsilon: epsilons.eps_PA },
    { what: 'verification, eps_EV', epsilon: epsilons.eps_EV },
  ]
  return { terms, s_test1: found.s_X1, credited_s0: 0, epsilon_shares }
}

function byRusca2018(input: DecoyKeyInput): BasisResult {
  const found = rusca2018(oneDecoyInput(input))
  const { s_key0: s0, s_key1: s1, phase_error } = found
  const terms = { s0, s1, phase_error, ...ends(input, found) }
  const epsilon_shares = equalShares(RUSCA_SHARES, input)
  return { terms, s_test1: found.s_test1, credited_s0: s0, epsilon_shares }
}

function byWiesemann(input: DecoyKeyInput): BasisResult {
  const found = wiesemann1d(oneDecoyInput(input))
  const { s_key0: s0, s_key1: s1, lambda_key: phase_error } = found
  const terms = { s0, s1, phase_error, ...ends(input, found) }
  const epsilon_shares = equalShares(WIESEMANN_SHARES, input)
  return { terms, s_test1: found.s_test1, credited_s0: 0, epsilon_shares }
}

const ends = ({ leak_bits }: DecoyKeyInput, { ell }: { ell: number }) => ({
  leak_bits,
  secret_bits: ell,
})

const equalShares = (parts: number, { eps_sec, eps_cor }: DecoyKeyInput): EpsilonShare[] => [
  { what: `secrecy, ${parts} equal parts`, epsilon: eps_sec },
  { what: 'verification, eps_cor', epsilon: eps_cor },
]

function twoDecoyInput({ key, test, intensities, probabilities, ...rest }: DecoyKeyInput) {
  const classes = { intensities: triple(intensities), probabilities: triple(probabilities) }
  return { key: key.counts, test: test.counts, testErrors: test.errors, ...classes, ...rest }
}

function oneDecoyInput({ key, test, ...input }: DecoyKeyInput): OneDecoyInput {
  const [intensities, probabilities] = [pair(input.intensities), pair(input.probabilities)]
  return { ...input, intensities, probabilities, key: ofTwo('key', key), test: ofTwo('test', test) }
}

const triple = (values: DecoyKeyInput['intensities']): [number, number, number] => [
  values[0],
  values[1],
  values[2] ?? NaN,
]

const pair = (values: DecoyKeyInput['intensities']): Pair => [values[0], values[1]]

/** A source with one decoy has no third class: counts in it are a mistake, and would vanish silently. */
function ofTwo(name: string, { counts, errors }: DecoyBasis): { counts: Pair; errors: Pair } {
  if (counts[2] !== 0 || errors[2] !== 0)
    refuse(`${name} counts`, counts, 'with one decoy the third class has neither counts nor errors')
  return { counts: [counts[0], counts[1]], errors: [errors[0], errors[1]] }
}
