/**
 * Decoy BB84 through one fibre, with the expectation code of the satellite link.
 * References: Beer-Lambert attenuation, eta = 10^(-a L / 10), a in dB per km; repeaterless bound of Pirandola,
 * Laurenza, Ottaviani, Banchi, Nat. Commun. 8, 15043 (2017): no protocol without a repeater or trusted node gives
 * more than -log2(1 - eta) secret bits per channel use.
 * Limits: no Raman light of classical channels, no dispersion, no splices beyond the attenuation given; dead time is
 * neglected, which flatters hops of a few kilometres at high pulse rates.
 */
import type { Security } from '../model/mission'
import type { Payload } from '../model/payload'
import type { Receiver } from '../model/station'
import { loss_dB, transmittance } from '../model/units'
import { expectedKey, type ExpectedKey } from '../plan/expected-key'
import { gateFraction, type LinkBudget, type LossFactor } from './budget'
import { expectedCounts, expectedSecond, type Expectation } from './expectation'

/** One stretch of fibre between two trusted places, with what stands at its ends. */
export interface FibreHop {
  length_km: number
  attenuation_dB_km: number
  payload: Payload
  receiver: Receiver
}

/** Share of the light that leaves a fibre. @throws RangeError unless length and attenuation are zero or more. */
export function fibreTransmittance(length_km: number, attenuation_dB_km: number): number {
  if (!(length_km >= 0 && attenuation_dB_km >= 0))
    throw new RangeError(
      `Fibre of ${length_km} km at ${attenuation_dB_km} dB/km: both must be zero or more.`,
    )
  return transmittance(length_km * attenuation_dB_km)
}

/** Repeaterless bound -log2(1 - eta), secret bits per pulse. @throws RangeError unless 0 <= eta < 1. */
export function plobBound(eta: number): number {
  if (!(eta >= 0 && eta < 1))
    throw new RangeError(
      `Repeaterless bound at transmittance ${eta}: it is finite from 0 to below 1 only.`,
    )
  return -Math.log1p(-eta) / Math.LN2
}

const factor = (share: number): LossFactor => ({ transmittance: share, loss_dB: loss_dB(share) })

/** Loss from the source to a click, at any time and inside the gate. */
export function fibreBudget(hop: FibreHop): Pick<LinkBudget, 'withDetector' | 'withGate'> {
  const { receiver, length_km, attenuation_dB_km } = hop
  const fibre = fibreTransmittance(length_km, attenuation_dB_km)
  const toClick = fibre * receiver.optics_efficiency * receiver.detector_efficiency
  const gate = gateFraction(receiver.gate_ns, receiver.timing_jitter_ns)
  return { withDetector: factor(toClick), withGate: factor(toClick * gate) }
}

/** Expected yield of one second; the background is the detectors' dark counts. */
export function fibreSecond(hop: FibreHop): Expectation {
  const dark = { total_Hz: hop.receiver.dark_count_rate_Hz }
  return expectedSecond(hop.payload, hop, fibreBudget(hop), dark)
}

/**
 * Key expected from one hop run as one block.
 * @param duration_s length of the block. @throws when the security parameters do not fit the source.
 */
export function fibreKey(hop: FibreHop, duration_s: number, security: Security): ExpectedKey {
  const expectation = expectedCounts([{ second: fibreSecond(hop), weight_s: duration_s }])
  return expectedKey(hop.payload, security, expectation)
}
