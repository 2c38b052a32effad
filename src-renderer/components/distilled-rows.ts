/** What a distilled block says of its proof, its disclosed bits and its failure probability, as rows of tables. */
import type { ProofName } from '@domain/model/proof'
import type { Distillation, EpsilonShare } from '@domain/model/report'
import type { Origin } from '@domain/model/telemetry'
import { binaryEntropy } from '@domain/qkd/entropy'
import { formatBits, formatEpsilon, formatNumber } from '../format'
import { resultMessages } from '../messages'

const words = resultMessages.errors

export interface BoundRow {
  proof: ProofName
  secret_bits: number
  /** Against the bound that gave the key, bits; 0 for that one. */
  difference_bits: number
  note: string
  used: boolean
}

/** The bound that gave the key first, the others by what they give. */
export function boundRows({ bounds, proof, secret_bits }: Distillation): BoundRow[] {
  return bounds
    .map((bound) => ({
      ...bound,
      difference_bits: bound.secret_bits - secret_bits,
      used: bound.proof === proof,
    }))
    .sort((a, b) => Number(b.used) - Number(a.used) || b.secret_bits - a.secret_bits)
}

/** The shares' sum: failure probabilities of parts add up (composability). */
export const epsilonSum = (shares: readonly EpsilonShare[]): number =>
  shares.reduce((sum, { epsilon }) => sum + epsilon, 0)

export interface DisclosedRow {
  name: string
  bits: number
  origin: Origin
  sum?: boolean
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/** Least disclosure that corrects a block: n h(errors/n), by basis (Shannon; Slepian and Wolf 1973). */
function leastBits({ counts, errors }: Distillation): number {
  return (['x', 'z'] as const)
    .map((basis) => ({ bits: total(counts[basis]), wrong: total(errors[basis]) }))
    .filter(({ bits, wrong }) => bits > 0 && wrong >= 0 && wrong <= bits)
    .reduce((sum, { bits, wrong }) => sum + bits * binaryEntropy(wrong / bits), 0)
}

/** The disclosed bits: of each basis, against the least possible, and their sum. */
export function disclosedRows(report: Distillation): DisclosedRow[] {
  const { terms, leak_bits } = report
  const least = Math.round(leastBits(report))
  return [
    { name: words.shannon, bits: least, origin: 'modelled' },
    { name: words.above, bits: leak_bits - least, origin: 'measured' },
    { name: words.basis('X'), bits: terms.x.leak_bits, origin: 'measured' },
    { name: words.basis('Z'), bits: terms.z.leak_bits, origin: 'measured' },
    { name: words.sum, bits: leak_bits, origin: 'measured', sum: true },
  ]
}

/** A row with its figure as written. */
export interface FactRow {
  name: string
  value: string
  origin: Origin
  sum?: boolean
}

const counted = (name: string, value: string): FactRow => ({ name, value, origin: 'measured' })

/** How many frames, questions and seconds error correction took; all counted. */
export function correctionRows({ reconciliation, efficiency_f }: Distillation): FactRow[] {
  const { method, frames, blind_frames, round_trips, waiting_s } = reconciliation
  return [
    counted(words.efficiency, formatNumber(efficiency_f, 3)),
    counted(words.frames, formatBits(frames)),
    ...(method === 'ldpc' ? [counted(words.blind, formatBits(blind_frames))] : []),
    counted(words.roundTrips, formatBits(round_trips)),
    counted(words.waiting, formatNumber(waiting_s, 1)),
  ]
}

/** Shares of the failure probability and their sum; none without a distilled key. */
export function epsilonRows({ epsilon_shares }: Distillation): FactRow[] {
  if (epsilon_shares.length === 0) return []
  const row = (name: string, epsilon: number, sum?: true): FactRow => ({
    name,
    value: formatEpsilon(epsilon),
    origin: 'modelled',
    sum,
  })
  return [
    ...epsilon_shares.map(({ what, epsilon }) => row(what, epsilon)),
    row(resultMessages.epsilon.sum, epsilonSum(epsilon_shares), true),
  ]
}
