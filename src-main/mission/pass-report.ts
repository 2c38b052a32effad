/** The report of one flown pass, from its geometry and what the engine distilled. */
import type { Distillation, PassReport } from '../domain/model/report'
import type { PlannedContact } from './flight-plan'

/** @param auth authentication key taken and topped up, bits at one end. */
export function passReport(
  contact: PlannedContact,
  distillation: Distillation,
  auth: { spent: number; added: number },
  recording: string,
): PassReport {
  const { pass, plan } = contact
  const { eps_sec, eps_cor } = plan.security
  return {
    id: plan.contactId,
    satellite: pass.satellite,
    station: pass.station,
    ...(contact.stations ? { stations: contact.stations } : {}),
    aos: pass.aos.utc,
    tca: pass.tca.utc,
    los: pass.los.utc,
    max_elevation_deg: pass.max_elevation_deg,
    min_range_km: pass.min_range_km,
    ...distillation,
    secret_rate_bps:
      distillation.exchange_s > 0 ? distillation.secret_bits / distillation.exchange_s : 0,
    epsilon: eps_sec + eps_cor,
    auth_bits_spent: auth.spent,
    auth_bits_added: auth.added,
    recording,
  }
}
