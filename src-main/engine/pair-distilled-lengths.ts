/**
 * Key length and figures of an entangled pass that both parties derive alike from public counts (design rule 4).
 * Both bases make one block; the report's terms of X and Z are its shares by the number of bits.
 */
import { comparePairBounds, pairKeyLength, type PairKeyInput } from '../domain/qkd/bounds/pair-key'
import { pairsAsymptotic } from '../domain/qkd/bounds/asymptotic'
import { binaryEntropy } from '../domain/qkd/entropy'
import { chshReport } from '../domain/qkd/pairs/chsh-report'
import type { PairTally, PerBasis } from '../domain/qkd/pairs/tally'
import type { KeyLengthTerms, ReconciliationReport } from '../domain/model/report'
import type { PartyFigures } from './party-start'
import type { PairParameters } from './pair-start'

/** What reconciliation brought and cost, counted from the transcript. */
export interface PairReconciled {
  /** Errors of the key bits. */
  errors: PerBasis
  leak_bits: number
  verified: boolean
  round_trips: number
  /** Frames of the code and those that needed more than one answer, which Bob alone knows; one block otherwise. */
  frames?: number
  blind_frames?: number
}

/** Reconciliation of small blocks, for the hint whether a larger block would give key. */
const ASSUMED_EFFICIENCY = 1.2

/** Figures of a pass; the key has `secret_bits` of them. */
export function pairDistilledLengths(
  parameters: PairParameters,
  tally: PairTally,
  reconciled: PairReconciled,
): PartyFigures {
  const input = inputOf(parameters, tally, reconciled.leak_bits)
  const bound = pairKeyLength(input)
  const secret_bits = reconciled.verified ? bound.secret_bits : 0
  const reason = reconciled.verified
    ? whyNone(tally, reconciled.errors, bound.reason)
    : 'verification failed: the block was destroyed'
  return {
    ...countsOf(tally, reconciled),
    secret_bits,
    terms: sharesOf(tally, bound.phase_error, reconciled.leak_bits, secret_bits),
    proof: bound.proof,
    bounds: comparePairBounds(input),
    epsilon_shares: bound.epsilon_shares,
    reconciliation: reconciliationOf(parameters, reconciled),
    ...bellFigures(tally, reconciled),
    pairs: pairsOf(parameters, tally),
    ...(secret_bits === 0 && reason !== undefined ? { no_key_reason: reason } : {}),
  }
}

const reconciliationOf = (
  { reconciliation }: PairParameters,
  { frames = 1, blind_frames = 0, round_trips }: PairReconciled,
): ReconciliationReport => ({ ...reconciliation, frames, blind_frames, round_trips, waiting_s: 0 })

/** A bound's refusal, with what would help where the error rate itself is good enough. */
function whyNone(
  tally: PairTally,
  errors: PerBasis,
  reason: string | undefined,
): string | undefined {
  if (tally.coincidences === 0)
    return 'no coincidences stand out: too few pairs, or clocks too far apart'
  const error = qberOf(tally, errors)
  const ever = error < 0.5 && pairsAsymptotic(error, error, ASSUMED_EFFICIENCY) > 0
  if (!reason || !ever || reason.includes('too small')) return reason
  return `${reason}: the block is too small, at this error rate a larger one gives key`
}

const inputOf = (
  { protocol, security }: PairParameters,
  tally: PairTally,
  leak_bits: number,
): PairKeyInput => ({
  protocol,
  sifted_bits: tally.keyBits + tally.testBits,
  test_bits: tally.testBits,
  test_errors: tally.testErrorsAll,
  leak_bits,
  security,
})

type CountFigures = Pick<
  PartyFigures,
  | 'detections'
  | 'sifted_bits'
  | 'sample_bits'
  | 'key_bits_in'
  | 'qber'
  | 'leak_bits'
  | 'efficiency_f'
  | 'verified'
  | 'counts'
  | 'errors'
>

function countsOf(tally: PairTally, { errors, leak_bits, verified }: PairReconciled): CountFigures {
  const minimum = tally.keyBits * binaryEntropy(rate(errors.x + errors.z, tally.keyBits))
  return {
    detections: tally.coincidences,
    sifted_bits: tally.keyBits + tally.testBits,
    sample_bits: tally.testBits,
    key_bits_in: tally.keyBits,
    qber: qberOf(tally, errors),
    leak_bits,
    efficiency_f: minimum > 0 ? leak_bits / minimum : 0,
    verified,
    counts: tally.counts,
    errors: { x: [errors.x, 0, 0], z: [errors.z, 0, 0] },
  }
}

const rate = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)

const qberOf = (tally: PairTally, errors: PerBasis): number =>
  rate(errors.x + errors.z + tally.testErrorsAll, tally.keyBits + tally.testBits)

function bellFigures(tally: PairTally, { errors }: PairReconciled): Pick<PartyFigures, 'chsh'> {
  const chsh = chshReport(tally.chsh, qberOf(tally, errors))
  return chsh ? { chsh } : {}
}

const pairsOf = ({ source }: PairParameters, tally: PairTally): PartyFigures['pairs'] => ({
  coincidences: tally.coincidences,
  accidentals_modelled: tally.accidentals,
  window_ns: source.coincidence_window_ns,
  singles: [tally.aliceEvents, tally.bobEvents],
})

/** Splits the block's terms by the bases' shares of its bits; the shares add up to the whole. */
function sharesOf(
  { kept, keyBits }: PairTally,
  phase_error: number,
  leak_bits: number,
  secret_bits: number,
): { x: KeyLengthTerms; z: KeyLengthTerms } {
  const share = rate(kept.x, keyBits)
  const [leak, secret] = [leak_bits, secret_bits].map((bits) => Math.round(bits * share))
  const terms = (s1: number, leak: number, secret: number): KeyLengthTerms => ({
    ...{ s0: 0, s1, phase_error },
    leak_bits: leak,
    secret_bits: secret,
  })
  return {
    x: terms(kept.x, leak, secret),
    z: terms(kept.z, leak_bits - leak, secret_bits - secret),
  }
}
