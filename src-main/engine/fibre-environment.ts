/**
 * What the models say of a fibre, the same every second: attenuation, receiver optics, detectors, dark counts.
 * References: loss of domain/link/fibre.ts; group index 1.468 of standard single-mode fibre at 1550 nm
 * (ITU-T G.652 fibres, data sheets). The light's way in `range_m` is the optical one, index times length, so
 * that range_m / c is its time of flight.
 * Limits: no dispersion, no Raman noise of classical channels in the same fibre, no drift of length or polarisation.
 */
import { fibreBudget, fibreSecond } from '../domain/link/fibre'
import { emptyEnvironment, secondsOf, type Environment } from './environment'
import type { FibrePlan } from './protocol'

/** Group index of standard single-mode fibre at 1550 nm. */
export const FIBRE_GROUP_INDEX = 1.468

/** From the plan's start to past its end, one row a second, all alike. */
export function fibreEnvironment(plan: FibrePlan): Environment {
  const { times_ms, epochRow } = secondsOf(plan.times)
  const environment = emptyEnvironment(times_ms, epochRow)
  const budget = fibreBudget(plan)
  const second = fibreSecond(plan)
  environment.range_m.fill(FIBRE_GROUP_INDEX * plan.length_km * 1000)
  environment.transmittance.fill(budget.withDetector.transmittance)
  environment.background_Hz.fill(plan.receiver.dark_count_rate_Hz)
  environment.loss_dB.fill(budget.withGate.loss_dB)
  environment.expected.push(...Array.from(times_ms, () => second))
  return environment
}
