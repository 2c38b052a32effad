/**
 * Search space of a pass' source parameters: Px from 0.02 to 0.9999; each intensity's probability at least 1e-5;
 * mu2 - mu3 from 1e-4 to 1.5; mu1 - mu2 - mu3 from 1e-4 to 3. It is searched in unbounded coordinates.
 */
import type { SourceParameters } from './pass-model-input'

const SMALLEST_P = 1e-5

/** ln(p / (1 - p)). */
export const logit = (p: number): number => Math.log(p / (1 - p))

/** Unbounded coordinates: logits of Px, of pk1 and of pk2's share of the rest; logarithms of the two gaps. */
function coordinates([Px, pk1, pk2, gap1, gap2]: number[]): number[] {
  return [logit(Px), logit(pk1), logit(pk2 / (1 - pk1)), Math.log(gap1), Math.log(gap2)]
}

const clamped = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value))

/** Parameters at coordinates, held inside the search space. */
export function parametersAt([a, b, c, d, e]: number[], mu3: number): SourceParameters {
  const share = (t: number) => 1 / (1 + Math.exp(-t))
  const Px = clamped(share(a), 0.02, 0.9999)
  const pk1 = clamped(share(b), SMALLEST_P, 1 - 2 * SMALLEST_P)
  const rest = 1 - pk1
  const pk2 = clamped(rest * share(c), SMALLEST_P, rest - SMALLEST_P)
  const mu2 = mu3 + clamped(Math.exp(e), 1e-4, 1.5)
  return [Px, pk1, pk2, mu2 + mu3 + clamped(Math.exp(d), 1e-4, 3), mu2]
}

/** Fixed starts: [Px, pk1, pk2, mu1 - mu2 - mu3, mu2 - mu3]. */
export const startCoordinates = [
  [0.9, 0.85, 0.1, 0.5, 0.1],
  [0.75, 0.7, 0.2, 0.6, 0.15],
  [0.5, 0.4, 0.4, 0.4, 0.2],
  [0.95, 0.5, 0.35, 0.3, 0.05],
  [0.6, 0.25, 0.65, 0.7, 0.25],
].map(coordinates)
