/**
 * What a blind round asks of a frame that was not decoded (Martinez-Mateo, Elkouss, Martin, arXiv:1205.5729):
 * punctured bits first, then the key bits that the last attempt left least certain (Kiktenko et al.,
 * arXiv:1612.03673), in steps that grow.
 */
import { binaryEntropy } from '../entropy'
import type { BobFrame } from './bob-frame'
import type { Revelation } from './ldpc-wire'

/** Blind rounds before a frame is disclosed whole. */
export const BLIND_ROUNDS = 10
/** Share of the leak so far that the first round adds, and how it grows from round to round. */
const FIRST_STEP = 0.025
const STEP_GROWTH = 1.5
/** Below this efficiency no code of these lengths decodes: more bits are asked for before trying. */
const HOPELESS = 1.03

/** Bits that a frame lacks before trying it makes sense; negative when it does. */
export const missingBits = (own: BobFrame, errorRate: number): number =>
  HOPELESS * binaryEntropy(errorRate) * own.bits.length - own.leak

/** What to ask of frame number `frame` in a round counted from 0. */
export function wantedOf(
  own: BobFrame,
  frame: number,
  round: number,
  errorRate: number,
): Revelation {
  const step = FIRST_STEP * STEP_GROWTH ** round * own.leak
  const count = Math.ceil(step + Math.max(0, missingBits(own, errorRate)))
  const punctured = Math.min(count, own.hidden)
  return { frame, punctured, places: own.leastReliable(count - punctured) }
}
