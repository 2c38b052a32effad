/**
 * Eavesdroppers who measure photons and send others in their place.
 *
 * Intercept and resend (Bennett & Brassard 1984): of each photon that would be detected she takes the given share,
 * measures it in X or Z with equal odds and sends one photon in the state she found. Where her basis is not Alice's,
 * Bob's bit is a coin: sifted bits err with e0 (1 - f) + f (e0 / 2 + 1 / 4). She loses no photon, and neither rate nor
 * statistics of the classes change.
 *
 * Detector blinding with faked states (Lydersen et al., Nat. Photonics 4, 686 (2010)): bright light holds all four
 * detectors below breakdown, so that single photons, background, dark counts and afterpulses are gone. She measures
 * in X or Z with equal odds and sends a bright pulse that clicks in full when Bob's basis is hers and not at all
 * otherwise; she has photons enough to make up for the half that is lost, so that rate and statistics of the classes
 * are as ever (times `fraction`, the share that she forces; the rest is lost). Her errors are those of the
 * source, e0: the error rate says nothing. What the blinding light does to the bias current is in
 * domain/link/bias-monitor.ts. One faked state a pulse: pulses with two clicks disappear (below 1e-3).
 * Limits: perfect detectors of her own; faked states have the jitter of photons; detectors are blind from the first
 * to the last instant of the attack, and recover at once.
 */
import { bobBasisOf, eveKnows, knownToEve, PhotonList, type Photons } from './photon-list'
import type { Random } from './random'

const measuredIn = (basis: number): number => (basis === 0 ? eveKnows.x : eveKnows.z)

/** The same photons, of which she has measured and resent her share. */
export function intercepted({ pulse, state }: Photons, fraction: number, random: Random): Photons {
  const touched = state.map((one) =>
    random.chance(fraction) ? knownToEve(one, measuredIn(random.bits32() >>> 31)) : one,
  )
  return { pulse, state: touched }
}

/** Faked states in place of the photons: one a pulse at most, in the basis that she measured. */
export function faked({ pulse, state }: Photons, fraction: number, random: Random): Photons {
  const drawn = new PhotonList()
  for (let i = 0; i < pulse.length; i++) {
    const another = i > 0 && pulse[i] === pulse[i - 1]
    if (!another && random.chance(fraction))
      drawn.add(pulse[i], knownToEve(state[i], measuredIn(bobBasisOf(state[i]))))
  }
  return drawn.photons()
}
