/** When a satellite crosses the edges of the Earth's umbra and penumbra, to a millisecond. */
import type { ShadowEvent } from '../model/pass'
import { formatUtc } from '../model/time'
import { crossings, sampled, withExtremes, type Crossing } from './crossings'
import type { Propagator } from './propagator'
import { shadowMargins, type ShadowMargins } from './shadow'
import { sunPosition } from './sun-moon'

const STEP_MS = 30_000

type Edge = keyof ShadowMargins

function edgeCrossings(propagator: Propagator, edge: Edge, from_ms: number, to_ms: number) {
  const margin = (utc_ms: number): number =>
    shadowMargins(propagator.earthFixed(utc_ms).position_m, sunPosition(utc_ms))[edge]
  const samples = sampled(margin, from_ms, to_ms, STEP_MS)
  return crossings(margin, withExtremes(margin, samples, 0), 0)
}

/** A rising margin means that the satellite leaves the cone. */
function eventOf(edge: Edge, crossing: Crossing): ShadowEvent {
  const [outside, inside] =
    edge === 'umbra_rad' ? (['penumbra', 'umbra'] as const) : (['sunlit', 'penumbra'] as const)
  const [from, to] = crossing.rising ? [inside, outside] : [outside, inside]
  return { utc: formatUtc(crossing.utc_ms), from, to }
}

/**
 * Every change of the satellite's light within [from, to], in time order.
 * @throws PropagationError
 */
export function shadowEvents(
  propagator: Propagator,
  from_ms: number,
  to_ms: number,
): ShadowEvent[] {
  return (['penumbra_rad', 'umbra_rad'] as const)
    .flatMap((edge) =>
      edgeCrossings(propagator, edge, from_ms, to_ms).map((crossing) => ({ edge, crossing })),
    )
    .sort((a, b) => a.crossing.utc_ms - b.crossing.utc_ms)
    .map(({ edge, crossing }) => eventOf(edge, crossing))
}
