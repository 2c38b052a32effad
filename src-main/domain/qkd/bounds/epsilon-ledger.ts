/**
 * Failure probabilities of keys that are used together: they add.
 * Source: composable security, Mueller-Quade, Renner, New J. Phys. 11, 085006 (2009): the distance from ideal of
 * a composed system is at most the sum of its parts' distances.
 */
import type { EpsilonShare } from '../../model/report'
import { refuse } from './input-checks'

export interface ChainEpsilon {
  total: number
  shares: EpsilonShare[]
}

/**
 * Failure probability of a chain: every hop's key, every authentication tag, every relay confirmation.
 * @returns the sum, at most 1, and the shares, largest first.
 * @throws when a share is no probability; the message names it.
 */
export function chainEpsilon(shares: readonly EpsilonShare[]): ChainEpsilon {
  for (const { what, epsilon } of shares)
    if (!(epsilon >= 0 && epsilon <= 1))
      refuse(`epsilon of "${what}"`, epsilon, 'it must lie between 0 and 1')
  const sorted = [...shares].sort((a, b) => b.epsilon - a.epsilon)
  const sum = [...sorted].reverse().reduce((total, { epsilon }) => total + epsilon, 0)
  return { total: Math.min(1, sum), shares: sorted }
}
