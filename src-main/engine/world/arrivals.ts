/** The photons of a slot's stretches, each by the law of who stands in the channel. */
import type { Flight } from './flight'
import { faked, intercepted } from './eve-resending'
import { split, SplittingLaw } from './eve-splitting'
import { PhotonList, type Photons } from './photon-list'
import { drawPhotons } from './photons'
import type { QuantumAttack, WorldSetup } from './protocol'
import type { Random } from './random'
import type { Stretch } from './stretches'

/** What the eavesdropper lets arrive in place of these photons. */
function attacked(
  { kind, fraction }: QuantumAttack,
  photons: Photons,
  { payload, station }: WorldSetup,
  flight: Flight,
  random: Random,
): Photons {
  if (kind === 'intercept-resend') return intercepted(photons, fraction, random)
  if (kind === 'detector-blinding') return faked(photons, fraction, random)
  return split(photons, new SplittingLaw(payload, station.receiver), fraction, flight, random)
}

function joined(parts: Photons[]): Photons {
  if (parts.length === 1) return parts[0]
  const drawn = new PhotonList()
  for (const { pulse, state } of parts) pulse.forEach((one, i) => drawn.add(one, state[i]))
  return drawn.photons()
}

/**
 * Draws the detected photons of a slot, in order of their pulses.
 * @param random the channel's own stream; `eve` is the eavesdropper's, so that she changes photons that would
 *   have arrived without her.
 */
export function drawArrivals(
  setup: WorldSetup,
  flight: Flight,
  stretches: Stretch[],
  random: Random,
  eve: Random,
): Photons {
  const parts = stretches.map((stretch) => {
    const drawn = new PhotonList()
    drawPhotons(setup.payload, flight, stretch, random, drawn)
    const photons = drawn.photons()
    return stretch.attack ? attacked(stretch.attack, photons, setup, flight, eve) : photons
  })
  return joined(parts)
}
