/**
 * Several passes as one block of one source: the statistics are paid for once.
 * The block is closed before any of it is amplified, and has one error correction leak, the sum of the passes' own.
 * Limits: worth it for passes of similar quality; a pass with many errors spoils the block it is put into.
 */
import type { BasisCounts, Counts } from '../../model/report'
import type { ProofName } from '../../model/proof'
import {
  twoBasisKeyLength,
  type BasisLeak,
  type DecoySource,
  type SecurityTarget,
  type TwoBasisResult,
} from '../two-basis'
import { refuse } from './input-checks'

export interface CountedBlock {
  counts: BasisCounts
  errors: BasisCounts
  leak: BasisLeak
}

/** Sums of counts, errors and leaks. @throws when there is nothing to pool. */
export function poolCounts(blocks: readonly CountedBlock[]): CountedBlock {
  if (blocks.length === 0) refuse('pooled blocks', [], 'one or more are needed')
  return blocks.reduce((sum, block) => ({
    counts: addedBases(sum.counts, block.counts),
    errors: addedBases(sum.errors, block.errors),
    leak: { x: sum.leak.x + block.leak.x, z: sum.leak.z + block.leak.z },
  }))
}

/**
 * Key of several passes distilled as one block, bits.
 * @param blocks each with the source it was sent by; the security target holds for the whole.
 * @throws when the sources differ (one decoy estimate would mix two), or a count is impossible.
 */
export function pooledKeyLength(
  blocks: readonly (CountedBlock & { source: DecoySource })[],
  security: SecurityTarget,
  proof?: ProofName,
): TwoBasisResult {
  const { counts, errors, leak } = poolCounts(blocks)
  const [{ source }] = blocks
  for (const [at, block] of blocks.entries()) checkSame(source, block.source, at)
  return twoBasisKeyLength(counts, errors, leak, source, security, proof)
}

function checkSame(first: DecoySource, other: DecoySource, at: number): void {
  for (const field of ['intensities', 'probabilities'] as const)
    if (JSON.stringify(first[field]) !== JSON.stringify(other[field]))
      refuse(
        `${field} of pooled block ${at + 1}`,
        other[field],
        `all blocks need those of the first, ${JSON.stringify(first[field])}`,
      )
}

const added = (a: Counts, b: Counts): Counts => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]

const addedBases = (a: BasisCounts, b: BasisCounts): BasisCounts => ({
  x: added(a.x, b.x),
  z: added(a.z, b.z),
})
