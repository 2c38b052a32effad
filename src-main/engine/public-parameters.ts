/** The public parameters of a contact, which both parties must agree on before any photon. */
import type { PublicParameters } from './party-start'
import type { DownlinkPlan, FibrePlan } from './protocol'
import { chooseReconciliation } from './reconciliation-choice'

/** What both parties are told, from the plan: no condition of the pass and no seed is among it. */
export function publicParameters(plan: DownlinkPlan | FibrePlan): PublicParameters {
  const { payload, security, contactId, times } = plan
  return {
    contactId,
    payload: {
      id: payload.id,
      pulse_rate_Hz: payload.pulse_rate_Hz,
      intensities: payload.intensities,
      probabilities: payload.probabilities,
      basis_x_probability: payload.basis_x_probability,
      sync_rate_Hz: payload.sync_rate_Hz,
      polarisation_error: payload.polarisation_error,
    },
    security,
    protocol: plan.exchange.protocol,
    reconciliation: chooseReconciliation(plan.exchange.reconciliation, plan.channel),
    epoch_ms: times.exchangeFrom_ms,
  }
}
