/** The head of a contact's recording: what is about to be flown, and with which records. */
import type { RecordingHead } from '../domain/model/recording'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { formatUtc } from '../domain/model/time'
import type { PlannedContact } from './flight-plan'

/** Every contact flown by this layer is simulated, and its recording says so. */
export function recordingHead(
  { pass, plan }: PlannedContact,
  resolved: ResolvedMission,
): RecordingHead {
  return {
    contactId: pass.id,
    mission: resolved.mission.mission,
    seed: plan.seed,
    satellite: pass.satellite,
    station: pass.station,
    aos_utc: pass.aos.utc,
    tca_utc: pass.tca.utc,
    los_utc: pass.los.utc,
    exchange_from_utc: formatUtc(plan.times.exchangeFrom_ms),
    exchange_to_utc: formatUtc(plan.times.exchangeTo_ms),
    simulated: true,
    resolved,
  }
}
