/**
 * The common window of two stations for one satellite: both high and near enough, above their masks, and dark.
 * Limit: of several stretches at one station only the longest counts, as everywhere (exchange-window.ts).
 */
import type { Pass } from '../model/pass'
import type { MissionSatellite, ResolvedMission } from '../model/resolved-mission'
import type { Station } from '../model/station'
import { exchangeWindow, type Window } from './exchange-window'

/** A shorter window holds no whole second of exchange. */
const SHORTEST_MS = 1000

/**
 * When both photons of a pair can be received, or why never; the station is named that stands in the way.
 * @throws PropagationError when SGP4 gives no position.
 */
export function pairWindow(
  resolved: ResolvedMission,
  satellite: MissionSatellite,
  [a, b]: readonly [Station, Station],
  [passA, passB]: readonly [Pass, Pass],
): Window | { whyNot: string } {
  const atA = exchangeWindow(resolved, satellite, a, passA)
  if ('whyNot' in atA) return { whyNot: `${a.id}: ${atA.whyNot}` }
  const atB = exchangeWindow(resolved, satellite, b, passB)
  if ('whyNot' in atB) return { whyNot: `${b.id}: ${atB.whyNot}` }
  const from_ms = Math.max(atA.from_ms, atB.from_ms)
  const to_ms = Math.min(atA.to_ms, atB.to_ms)
  if (to_ms - from_ms >= SHORTEST_MS) return { from_ms, to_ms }
  const apart_s = Math.round((from_ms - to_ms) / 1000)
  return { whyNot: `${a.id} and ${b.id} receive at different times, ${apart_s} s apart` }
}
