/** Finds passes, expected keys and day and night off the window's thread; one job at a time, newest wins. */
import type { Candidate } from '@domain/model/pass'
import type { ResolvedMission } from '@domain/model/resolved-mission'
import { planCandidates } from '@domain/plan/candidate'
import { withPairs } from '../plan/pair-candidates'
import { sunBands } from '../plan/sun-bands'
import type { SunBand } from '../plan/sun-bands'

export interface PlanJob {
  generation: number
  resolved: ResolvedMission
}
export type PlanAnswer =
  | { generation: number; ok: true; candidates: Candidate[]; bands: Record<string, SunBand[]> }
  | { generation: number; ok: false; reason: string }

/** Day and night are drawn a few hours beyond the horizon, so that panning does not end in a void. */
const MARGIN_MS = 12 * 3_600_000

function work({ generation, resolved }: PlanJob): PlanAnswer {
  try {
    const candidates = withPairs(resolved, planCandidates(resolved))
    return { generation, ok: true, candidates, bands: bandsOf(resolved) }
  } catch (cause) {
    return { generation, ok: false, reason: cause instanceof Error ? cause.message : String(cause) }
  }
}

function bandsOf({
  stations,
  start_ms,
  end_ms,
  mission,
}: ResolvedMission): Record<string, SunBand[]> {
  const [from_ms, to_ms] = [start_ms - MARGIN_MS, end_ms + MARGIN_MS]
  return Object.fromEntries(
    stations.map((station) => [
      station.id,
      sunBands(station, from_ms, to_ms, mission.exchange.sun_below_deg),
    ]),
  )
}

self.onmessage = (event: MessageEvent<PlanJob>): void => self.postMessage(work(event.data))
