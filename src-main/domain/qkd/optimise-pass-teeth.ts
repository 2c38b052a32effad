/**
 * The leak model logM counts whole bits, so a pass' key length is a saw-tooth of a few bits over n_X. For short keys
 * that matters: here the best tooth near a smooth optimum is taken, by moving Px alone.
 */
import type { Counts } from '../model/report'
import { logit } from './optimise-pass-space'
import { passCounts, type PassCounts, type Slots } from './pass-counts'
import { passTerms } from './pass-model'
import type { PassInputs, SourceParameters } from './pass-model-input'

const MOST_TEETH = 400
/** Height of a tooth at the lowest error rates, bits. */
const TOOTH_BITS = 20
/** Keeps a count above its whole number in spite of rounding, bits. */
const JUST_ABOVE = 1e-4
/** Below so few bits one of them moves Px too far, and there is no key. */
const FEWEST_BITS = 1000

const times = ([a, b, c]: Counts, factor: number): Counts => [a * factor, b * factor, c * factor]

/** Counts after a change of Px alone. */
function rescaled({ nX, nZ, mX, mZ }: PassCounts, from: number, to: number): PassCounts {
  const x = (to / from) ** 2
  const z = ((1 - to) / (1 - from)) ** 2
  return { nX: times(nX, x), nZ: times(nZ, z), mX: mX * x, mZ: times(mZ, z) }
}

/** Numbers of key bits to try: the teeth drift by the error rate a bit, hence a period of 1/Q bits. */
function teethAround(n: number, qber: number): number[] {
  const reach = Math.min(MOST_TEETH, Math.ceil(1 / qber), Math.floor(n / FEWEST_BITS))
  return Array.from({ length: 2 * reach + 1 }, (_, i) => Math.floor(n) + i - reach + JUST_ABOVE)
}

/** Coordinates of Px on the best tooth; nothing where the leak does not follow the teeth. */
export function toothedCoordinate(
  slots: Slots,
  inputs: PassInputs,
  x: SourceParameters,
): number | undefined {
  const counts = passCounts(slots, inputs, x)
  const { qber, leak_bits, raw_bits } = passTerms(counts, inputs, x)
  const n = counts.nX[0] + counts.nX[1] + counts.nX[2]
  const finite_bits = passTerms(counts, { ...inputs, fEC: 0 }, x).leak_bits
  const flat = inputs.ec !== 'logM' || finite_bits < leak_bits - TOOTH_BITS
  if (flat || n < FEWEST_BITS || raw_bits < -TOOTH_BITS) return undefined
  const [Px, ...others] = x
  const tried = teethAround(n, qber).map((tooth) => {
    const moved = Math.min(0.9999, Px * Math.sqrt(tooth / n))
    const terms = passTerms(rescaled(counts, Px, moved), inputs, [moved, ...others])
    return { moved, value: terms.raw_bits }
  })
  return logit(tried.reduce((best, one) => (one.value > best.value ? one : best)).moved)
}
