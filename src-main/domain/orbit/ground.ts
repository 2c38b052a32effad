/** What the globe draws of an orbit: Earth-fixed positions. */
import type { Elements } from '../model/elements'
import { createPropagator } from './propagator'

/**
 * Earth-fixed positions as x, y, z metres, one triple a time.
 * @throws PropagationError
 */
export function ecefPositions(elements: Elements, times_ms: Float64Array): Float64Array {
  const propagator = createPropagator(elements)
  const triples = new Float64Array(times_ms.length * 3)
  times_ms.forEach((utc_ms, index) => {
    const { x, y, z } = propagator.earthFixed(utc_ms).position_m
    triples.set([x, y, z], index * 3)
  })
  return triples
}
