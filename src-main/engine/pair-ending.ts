/** Ends an entangled contact without key: both parties told, both keys gone, the layer that stopped it named. */
import type { Crew } from './crew'
import type { FlightLog } from './flight-log'
import type { EngineEvent, PairPlan } from './protocol'
import type { Supervisor } from './supervisor'

/** How long a contact without key waits for both parties to overwrite what they hold, wall ms. */
const ERASE_PATIENCE_MS = 2000

export interface PairEnding {
  plan: PairPlan
  crew: Crew | null
  supervisor: Supervisor
  log: FlightLog
  emit: (event: EngineEvent) => void
}

/** @param outcome `aborted` when the operator ended it. */
export async function endPairWithoutKey(
  { plan, crew, supervisor, log, emit }: PairEnding,
  reason: string,
  outcome: 'aborted' | 'failed',
): Promise<void> {
  crew?.stop(reason)
  if (crew) await supervisor.bothErased(ERASE_PATIENCE_MS)
  for (const { key } of supervisor.keys) key.fill(0)
  const layer = supervisor.layerIn(plan)
  const stopped = layer ? `Stopped by ${layer}. ` : ''
  const why = supervisor.failure ?? reason
  log.write(`${stopped}No key: ${why}`, outcome === 'aborted' ? 'serious' : 'critical')
  emit({ kind: 'ended', outcome, reason: why, ...(layer ? { layer } : {}) })
}
