/** Which detector each photon reaches: the only place where Alice's bits meet the photons. */
import { basisOf, bobBasisOf, errorOf, eveKnows, eveOf } from './photon-list'
import type { SlotDraw } from './slot-draw'

/** The first where the switch is 0 and the second where it is 1: without a branch, which no processor could guess. */
const chosen = (first: number, second: number, which: number): number =>
  first ^ ((first ^ second) & -which)

/** What a photon carries into the receiver and in which basis, as `basis << 1 | bit`. */
function carried(state: number, sent: number, coin: number): number {
  const eve = eveOf(state)
  if (eve !== eveKnows.x && eve !== eveKnows.z) return (basisOf(state) << 1) | sent
  const basis = eve - eveKnows.x
  return (basis << 1) | chosen(sent, coin, basis ^ basisOf(state))
}

/**
 * Chooses each photon's detector: what was sent and the error flag in a matched basis, a coin otherwise. A resent
 * photon carries the eavesdropper's bit in her basis.
 */
export function openChannels(draw: SlotDraw, bits: Uint8Array): void {
  const { outcomes, asked } = draw
  const { state } = draw.photons
  const { channel } = draw.arrivals
  const coins = new Uint32Array(state.length)
  outcomes.fillBits32(coins)
  for (let i = 0; i < state.length; i++) {
    const one = state[i]
    const light = carried(one, bits[asked[i]] ^ errorOf(one), (coins[i] >>> 30) & 1)
    const bobBasis = bobBasisOf(one)
    channel[i] = (bobBasis << 1) | chosen(light & 1, coins[i] >>> 31, bobBasis ^ (light >> 1))
  }
}
