/** What a mission sets up around its exchange, in words: the proof in force, the channel, the faults. */
import type { Mission, Security } from '@domain/model/mission'
import { SMALL_BLOCK_BITS, defaultProof, proofsFor } from '@domain/model/proof'
import type { ProofName } from '@domain/model/proof'
import { formatNumber, formatPercent } from '../format'
import { missionMessages } from '../messages'

const words = missionMessages.conditions

/** The engine's choice when the mission names no bound, in words: for pairs it depends on the block's size. */
function defaultText({ exchange: { protocol } }: Mission): string {
  const [large, small] = [defaultProof(protocol), defaultProof(protocol, 0)]
  if (large === small) return words.byDefault(large)
  return words.byDefaultSmall(large, small, formatNumber(SMALL_BLOCK_BITS))
}

/** The default, stored as no choice, then every bound that the protocol allows. */
export const proofChoices = (mission: Mission): { proof: ProofName | ''; text: string }[] => [
  { proof: '', text: defaultText(mission) },
  ...proofsFor(mission.exchange.protocol).map((proof) => ({ proof, text: proof })),
]

/** The mission's security with another bound; the default takes the name away. */
export function withProof({ security }: Mission, proof: ProofName | ''): Security {
  const { eps_sec, eps_cor } = security
  return proof === '' ? { eps_sec, eps_cor } : { eps_sec, eps_cor, proof }
}

/** The classical channel's troubles; undefined for a calm one. */
export function channelText({ channel }: Mission): string | undefined {
  const parts = [
    channel.latency_ms > 0 && words.latency(formatNumber(channel.latency_ms)),
    channel.loss > 0 && words.loss(formatPercent(channel.loss, 0)),
    channel.reorder > 0 && words.reorder(formatPercent(channel.reorder, 0)),
  ].filter((part) => part !== false)
  return parts.length ? words.channel(parts.join(', ')) : undefined
}

/** The world's faults; undefined without any. */
export function faultsText({ faults }: Mission): string | undefined {
  const parts = [
    faults.clock_drift !== 0 && words.drift,
    faults.clock_offset_ms !== 0 && words.offset,
    faults.lost_sync > 0 && words.lostSync,
    faults.cloud.length > 0 && words.cloud,
  ].filter((part) => part !== false)
  return parts.length ? words.faults(parts.join(', ')) : undefined
}
