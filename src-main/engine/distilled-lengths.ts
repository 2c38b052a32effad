/** Key lengths and figures that both parties derive alike from public counts (design rule 4). */
import { binaryEntropy } from '../domain/qkd/entropy'
import { compareBounds, twoBasisKeyLength, type TwoBasisResult } from '../domain/qkd/two-basis'
import type {
  BasisCounts,
  Counts,
  KeyLengthTerms,
  ReconciliationReport,
} from '../domain/model/report'
import type { PartyFigures, PublicParameters } from './party-start'
import { bases, type Basis } from './sifted-key'
import type { SiftingTally } from './sifting-tally'

/** Bits disclosed about each basis, counted from the transcript. */
export type Leak = Record<Basis, number>

export interface Distilled {
  terms: { x: KeyLengthTerms; z: KeyLengthTerms }
  figures: PartyFigures
}

/**
 * Lengths by the mission's bound, or the protocol's default, and what the other bounds give beside it.
 * @param verified false destroys the block: no key, and the reason says so.
 * @throws when the counts are impossible, or the mission's bound does not fit the source.
 */
export function distilledLengths(
  { payload, security }: PublicParameters,
  tally: SiftingTally,
  errors: BasisCounts,
  leak: Leak,
  verified: boolean,
  reconciliation: ReconciliationReport,
): Distilled {
  const bound = twoBasisKeyLength(tally.kept, errors, leak, payload, security)
  const terms = verified ? { x: bound.x, z: bound.z } : withoutKey(bound)
  const reason = verified ? bound.reason : 'verification failed: the block was destroyed'
  const bounds = compareBounds(tally.kept, errors, leak, payload, security)
  const { proof, epsilon_shares } = bound
  const figures = figuresOf(tally, errors, leak, terms, reason)
  const named = { verified, reconciliation, proof, bounds, epsilon_shares }
  return { terms, figures: { ...figures, ...named } }
}

function withoutKey({ x, z }: TwoBasisResult): Distilled['terms'] {
  return { x: { ...x, secret_bits: 0 }, z: { ...z, secret_bits: 0 } }
}

function figuresOf(
  tally: SiftingTally,
  errors: BasisCounts,
  leak: Leak,
  terms: Distilled['terms'],
  reason: string | undefined,
): Omit<PartyFigures, 'verified' | 'reconciliation' | 'proof' | 'bounds' | 'epsilon_shares'> {
  const secret_bits = terms.x.secret_bits + terms.z.secret_bits
  return {
    detections: tally.detections,
    sifted_bits: tally.siftedSignal,
    sample_bits: tally.sampleBits,
    key_bits_in: tally.keyBitsIn,
    qber: signalErrorRate(tally, errors),
    leak_bits: leak.x + leak.z,
    efficiency_f: efficiency(tally, errors, leak),
    secret_bits,
    counts: tally.kept,
    errors,
    terms,
    ...(secret_bits === 0 && reason !== undefined ? { no_key_reason: reason } : {}),
  }
}

function signalErrorRate(tally: SiftingTally, errors: BasisCounts): number {
  if (tally.siftedSignal === 0) return 0
  return (errors.x[0] + errors.z[0] + tally.sampleSignalErrors) / tally.siftedSignal
}

/** Leak over the Shannon minimum of both blocks, each at its own error rate. */
function efficiency(tally: SiftingTally, errors: BasisCounts, leak: Leak): number {
  const minimum = bases.reduce((sum, basis) => {
    const n = total(tally.kept[basis])
    return n === 0 ? sum : sum + n * binaryEntropy(total(errors[basis]) / n)
  }, 0)
  return minimum > 0 ? (leak.x + leak.z) / minimum : 0
}

const total = (counts: Counts): number => counts[0] + counts[1] + counts[2]
