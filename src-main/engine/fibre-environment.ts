/**
 * What the models say of a fibre, the same every second: attenuation, receiver optics, detectors, dark counts.
 * References: Beer-Lambert attenuation in dB per km; group index 1.468 of standard single-mode fibre at 1550 nm
 * (ITU-T G.652 fibres, data sheets). The light's way in `range_m` is the optical one, index times length, so
 * that range_m / c is its time of flight.
 * Limits: no dispersion, no Raman noise of classical channels in the same fibre, no drift of length or polarisation.
 */
import { gateFraction } from '../domain/link/budget'
import { expectedSecond } from '../domain/link/expectation'
import { loss_dB, transmittance } from '../domain/model/units'
import { emptyEnvironment, secondsOf, type Environment } from './environment'
import type { FibrePlan } from './protocol'

/** Group index of standard single-mode fibre at 1550 nm. */
export const FIBRE_GROUP_INDEX = 1.468

const lossFactor = (share: number): { transmittance: number; loss_dB: number } => ({
  transmittance: share,
  loss_dB: loss_dB(share),
})

/** From the plan's start to past its end, one row a second, all alike. */
export function fibreEnvironment(plan: FibrePlan): Environment {
  const { receiver, payload, length_km, attenuation_dB_km } = plan
  const { times_ms, epochRow } = secondsOf(plan.times)
  const environment = emptyEnvironment(times_ms, epochRow)
  const fibre = transmittance(attenuation_dB_km * length_km)
  const toClick = fibre * receiver.optics_efficiency * receiver.detector_efficiency
  const gate = gateFraction(receiver.gate_ns, receiver.timing_jitter_ns)
  const budget = { withDetector: lossFactor(toClick), withGate: lossFactor(toClick * gate) }
  const dark = { total_Hz: receiver.dark_count_rate_Hz }
  const second = expectedSecond(payload, { receiver }, budget, dark)
  environment.range_m.fill(FIBRE_GROUP_INDEX * length_km * 1000)
  environment.transmittance.fill(toClick)
  environment.background_Hz.fill(dark.total_Hz)
  environment.loss_dB.fill(budget.withGate.loss_dB)
  environment.expected.push(...Array.from(times_ms, () => second))
  return environment
}
