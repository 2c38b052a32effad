/** What the plan expects of a pass with another source on the same link, and the source for which that is most. */
import type { LinkPoint } from '@domain/link/along-track'
import { expectedCounts, expectedSecond } from '@domain/link/expectation'
import type { Security } from '@domain/model/mission'
import type { Payload } from '@domain/model/payload'
import type { Station } from '@domain/model/station'
import { expectedKey } from '@domain/plan/expected-key'
import { climb } from '@domain/qkd/nelder-mead'
import { logit, parametersAt } from '@domain/qkd/optimise-pass-space'
import type { SourceParameters } from '@domain/qkd/pass-model-input'

/** A source as a payload with two decoys has it. */
export interface SourceSettings {
  intensities: [number, number, number]
  probabilities: [number, number, number]
  basis_x_probability: number
}
/** A pass over its window, with all that does not depend on the source's settings. */
export interface FlownPass {
  payload: Payload & SourceSettings
  station: Station
  security: Security
  points: LinkPoint[]
}

/** Key by the mission's proof over both bases, bits. */
export function plannedKey_bits(
  { payload, station, security, points }: FlownPass,
  source: SourceSettings,
): number {
  const changed = { ...payload, ...source }
  const seconds = points.map(({ budget, background }) => ({
    second: expectedSecond(changed, station, budget, background),
  }))
  return expectedKey(changed, security, expectedCounts(seconds)).secret_bits
}

/** The pass model's parameters as a payload has them. */
export const settingsOf = (
  [px, pk1, pk2, mu1, mu2]: SourceParameters,
  mu3: number,
): SourceSettings => ({
  intensities: [mu1, mu2, mu3],
  probabilities: [pk1, pk2, 1 - pk1 - pk2],
  basis_x_probability: px,
})

/** The optimiser's unbounded coordinates of a source. */
export function coordinatesOf({
  intensities: [mu1, mu2, mu3],
  probabilities: [pk1, pk2],
  basis_x_probability,
}: SourceSettings): number[] {
  const shares = [logit(basis_x_probability), logit(pk1), logit(pk2 / (1 - pk1))]
  return [...shares, Math.log(mu1 - mu2 - mu3), Math.log(mu2 - mu3)]
}

const ROUNDS = [
  { step: 0.3, maxEvaluations: 200, tolerance: 1e-4 },
  { step: -0.1, maxEvaluations: 150, tolerance: 1e-5 },
]

/**
 * The source with the longest key by the mission's proof, found by climbing from each start; deterministic.
 * Never worse than the best start. Limit: a local search.
 */
export function bestByProof(pass: FlownPass, starts: SourceSettings[]): SourceSettings {
  const mu3 = pass.payload.intensities[2]
  const sourceAt = (at: number[]): SourceSettings => settingsOf(parametersAt(at, mu3), mu3)
  const key_bits = (at: number[]): number => plannedKey_bits(pass, sourceAt(at))
  const found = starts.map((start) =>
    ROUNDS.reduce(({ at }, round) => climb(key_bits, at, round), {
      at: coordinatesOf(start),
      value: 0,
    }),
  )
  const best = found.reduce((one, other) => (other.value > one.value ? other : one))
  return sourceAt(best.at)
}
