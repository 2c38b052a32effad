/** The head of a contact's recording: what is about to be flown, and with which records. */
import type { RecordingHead } from '../domain/model/recording'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { formatUtc } from '../domain/model/time'
import type { FibreHop } from './fibre-plan'
import type { PlannedContact } from './flight-plan'

/** Every contact flown by this layer is simulated, and its recording says so. */
export function recordingHead(
  { pass, plan }: PlannedContact,
  resolved: ResolvedMission,
): RecordingHead {
  return {
    contactId: plan.contactId,
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

/** A fibre hop has no satellite: 0 stands for none. */
export function fibreHead(
  { plan, ends, from_utc, to_utc }: FibreHop,
  resolved: ResolvedMission,
): RecordingHead {
  return {
    contactId: plan.contactId,
    mission: resolved.mission.mission,
    seed: plan.seed,
    satellite: 0,
    station: ends.join(' to '),
    aos_utc: from_utc,
    tca_utc: formatUtc(plan.times.tca_ms),
    los_utc: to_utc,
    exchange_from_utc: from_utc,
    exchange_to_utc: to_utc,
    simulated: true,
    source: plan.payload,
    resolved,
  }
}
