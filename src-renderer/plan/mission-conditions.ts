/** What a mission sets up around its exchange, in words: the proof in force, the channel, the faults. */
import type { Mission } from '@domain/model/mission'
import { proofsFor } from '@domain/model/proof'
import type { ProofName } from '@domain/model/proof'
import { formatNumber, formatPercent } from '../format'
import { missionMessages } from '../messages'

const words = missionMessages.conditions

/** The bounds that the mission's protocol allows; the default is marked and stored as no choice. */
export const proofChoices = ({ exchange }: Mission): { proof: ProofName; text: string }[] =>
  proofsFor(exchange.protocol).map((proof, place) => ({
    proof,
    text: place === 0 ? `${proof} (${words.byDefault})` : proof,
  }))

/** The named bound, else the protocol's default for blocks of ordinary size. */
export const proofInForce = ({ exchange, security }: Mission): ProofName =>
  security.proof ?? proofsFor(exchange.protocol)[0] ?? 'lim2014'

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
