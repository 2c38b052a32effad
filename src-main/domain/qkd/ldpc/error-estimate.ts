/**
 * Error rate of a frame from its syndrome before decoding: a check that d key bits enter is unsatisfied with
 * probability (1 - (1 - 2q)^d) / 2 (Gallager 1962, lemma 4.1). It sharpens the sampled rate and costs no disclosure.
 * Checks that a punctured bit enters tell nothing and are left out by their share.
 */
import type { Frame } from './frame-layout'

/** Expected share of unsatisfied checks at error rate q, mean over the rows. */
function expectedShare({ code, shape, punctured }: Frame, q: number): number {
  const blind = Math.min(1, (2 * punctured.length) / code.checks)
  const open = shape.keyBits / (code.length - shape.punctured)
  let sum = 0
  for (let row = 0; row < code.rows; row++) {
    const degree = open * (code.starts[row + 1] - code.starts[row])
    sum += (1 - (1 - 2 * q) ** degree) / 2
  }
  return ((1 - blind) * sum) / code.rows + blind / 2
}

/** The error rate that explains the unsatisfied checks of some frames of a block, 0.0005 to 0.25. */
export function observedErrorRate(frames: Frame[], unsatisfied: number[]): number {
  const seen = unsatisfied.reduce((sum, count) => sum + count, 0)
  let low = 0.0005
  let high = 0.25
  for (let step = 0; step < 30; step++) {
    const q = (low + high) / 2
    const share = frames.reduce(
      (sum, frame) => sum + frame.code.checks * expectedShare(frame, q),
      0,
    )
    if (share < seen) low = q
    else high = q
  }
  return (low + high) / 2
}
