/** The source a satellite carries must be the one that the mission's protocol needs. */
import type { Catalogue } from '../domain/model/ipc'
import type { Protocol } from '../domain/model/mission'
import {
  isPairSource,
  pairSourceSchema,
  payloadSchema,
  type PairSource,
  type Payload,
} from '../domain/model/payload'
import { resolveRecord, wrong } from './resolve-record'

/** How many intensities each decoy protocol prepares. */
const intensities: Partial<Record<Protocol, number>> = { 'decoy-bb84': 3, 'one-decoy-bb84': 2 }

/** @throws MissionError when the record is unknown, damaged, or for another protocol. */
export function resolveSource(
  place: string,
  given: string | Record<string, unknown>,
  protocol: Protocol,
  { payloads }: Catalogue,
): Payload | PairSource {
  const wanted = intensities[protocol]
  if (wanted === undefined) {
    const sources = payloads.filter(isPairSource)
    return resolveRecord(place, given, sources, pairSourceSchema, sources[0] ?? {})
  }
  const weak = payloads.filter((source): source is Payload => !isPairSource(source))
  const payload = resolveRecord<Payload, typeof payloadSchema>(
    ...([place, given, weak, payloadSchema, weak[0] ?? {}] as const),
  )
  if (payload.intensities.length === wanted) return payload
  throw wrong(
    `${place} has ${payload.intensities.length} intensities, ${protocol} prepares ${wanted}.`,
    `Give "intensities" and "probabilities" of ${wanted} values each, or another protocol.`,
  )
}
