/** The report of one fibre hop. */
import type { Distillation, FibreReport } from '../domain/model/report'
import type { FibreHop } from './fibre-plan'

/** @param auth authentication key taken and topped up, bits at one end. */
export function fibreReport(
  { ends, plan }: FibreHop,
  distillation: Distillation,
  auth: { spent: number; added: number },
  recording: string,
): FibreReport {
  return {
    id: plan.contactId,
    ends,
    length_km: plan.length_km,
    loss_dB: plan.length_km * plan.attenuation_dB_km,
    ...distillation,
    epsilon: plan.security.eps_sec + plan.security.eps_cor,
    auth_bits_spent: auth.spent,
    auth_bits_added: auth.added,
    recording,
  }
}
