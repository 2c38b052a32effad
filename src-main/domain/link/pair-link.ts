/**
 * What a second of an entangled link is expected to yield.
 * Model: R pairs a second, ends of transmittance a and b (detectors included) with backgrounds B_A and B_B:
 * singles S_A = R a + B_A, S_B = R b + B_B; true coincidences R a b g, g the share of the joint Gaussian timing jitter
 * inside the window; accidentals S_A S_B tau (uncorrelated singles, tau the full window), which err with 1/2.
 * QBER = [(1 - V)/2 R a b g + S_A S_B tau / 2] / total; S falls with the share of true coincidences.
 * Limits: afterpulses and dead time neglected; accidentals far rarer than singles.
 */
import { gateFraction } from './budget'

/** One end of the link: detected share of its photons, noise counts and timing jitter. */
export interface PairLinkEnd {
  transmittance: number
  background_Hz: number
  jitter_ns: number
}

export interface PairExpectation {
  /** Clicks at both ends. */
  singles_Hz: [number, number]
  /** Coincidences of one pair inside the window. */
  true_Hz: number
  accidental_Hz: number
  /** Both together. */
  coincidences_Hz: number
  /** Visibility with accidentals. */
  visibility: number
  qber: number
}

/** @param window_ns full coincidence window. */
export function expectedPairs(
  source: { pair_rate_Hz: number; visibility: number },
  alice: PairLinkEnd,
  bob: PairLinkEnd,
  window_ns: number,
): PairExpectation {
  const singles = ({ transmittance, background_Hz }: PairLinkEnd): number =>
    source.pair_rate_Hz * transmittance + background_Hz
  const inside = gateFraction(window_ns, Math.hypot(alice.jitter_ns, bob.jitter_ns))
  const true_Hz = source.pair_rate_Hz * alice.transmittance * bob.transmittance * inside
  const accidental_Hz = singles(alice) * singles(bob) * window_ns * 1e-9
  const coincidences_Hz = true_Hz + accidental_Hz
  const visibility = coincidences_Hz > 0 ? (source.visibility * true_Hz) / coincidences_Hz : 0
  return {
    singles_Hz: [singles(alice), singles(bob)],
    true_Hz,
    accidental_Hz,
    coincidences_Hz,
    visibility,
    qber: (1 - visibility) / 2,
  }
}
