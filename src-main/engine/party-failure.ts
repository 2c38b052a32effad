/** Why a party stopped, with the layer that stopped it: a machine reads the layer, a person the reason. */
import type { StopLayer } from '../domain/model/report'
import { AuthenticationFailed } from '../domain/qkd/authentication'
import { PeerAborted, Silence, Stopped } from './channel/channel-end'
import { DetectorAlarm } from './detector-alarm'
import type { PartyReport } from './party-start'

/** The report of a party that ends by an error. */
export function failureReport(error: unknown): Extract<PartyReport, { kind: 'failed' }> {
  const reason = error instanceof Error ? error.message : String(error)
  const layer = layerOf(error)
  return { kind: 'failed', reason, ...(layer ? { layer } : {}) }
}

/** A silent, stopped or aborting other side is no layer's merit; any other error is a message refused. */
function layerOf(error: unknown): StopLayer | undefined {
  if (error instanceof AuthenticationFailed) return 'authentication'
  if (error instanceof DetectorAlarm) return 'detector monitoring'
  const endedElsewhere = [PeerAborted, Silence, Stopped].some((kind) => error instanceof kind)
  return endedElsewhere ? undefined : 'protocol check'
}
