/** What flying needs to know of a contact, whatever its link: plan, both ends, and how its report is written. */
import type { RecordingHead } from '../domain/model/recording'
import type { Distillation, FibreReport, PassReport } from '../domain/model/report'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import type { FlightPlan } from '../engine/protocol'
import { drillOutcome } from './drill'
import type { FibreHop } from './fibre-plan'
import { fibreReport } from './fibre-report'
import type { PlannedContact } from './flight-plan'
import { passReport } from './pass-report'
import { fibreHead, recordingHead } from './recording-head'

/** Authentication key of one flight, bits at one end. */
export interface AuthenticationSpending {
  spent: number
  added: number
}

export interface FlightTask<Report = PassReport | FibreReport> {
  id: string
  plan: FlightPlan
  /** Who holds the key: Alice's end first. */
  ends: [string, string]
  head: RecordingHead
  /** Where a block comes from, for the ledger. */
  origin: string
  begins_utc: string
  ends_utc: string
  reportOf(distillation: Distillation, auth: AuthenticationSpending, recording: string): Report
}

/** The task of a satellite's contact. */
export const passTask = (
  contact: PlannedContact,
  resolved: ResolvedMission,
): FlightTask<PassReport> => ({
  id: contact.plan.contactId,
  plan: contact.plan,
  ends: contact.ends,
  head: recordingHead(contact, resolved),
  origin: `pass ${contact.station.id} ${contact.pass.tca.utc.slice(0, 19).replace('T', ' ')}Z`,
  begins_utc: contact.pass.aos.utc,
  ends_utc: contact.pass.los.utc,
  reportOf: (distillation, auth, recording) => ({
    ...passReport(contact, distillation, auth, recording),
    ...drillOutcome(contact.plan.attacks, distillation),
  }),
})

/** The task of one fibre hop. */
export const fibreTask = (hop: FibreHop, resolved: ResolvedMission): FlightTask<FibreReport> => ({
  id: hop.plan.contactId,
  plan: hop.plan,
  ends: hop.ends,
  head: fibreHead(hop, resolved),
  origin: `fibre ${hop.ends.join(' to ')}`,
  begins_utc: hop.from_utc,
  ends_utc: hop.to_utc,
  reportOf: (distillation, auth, recording) => fibreReport(hop, distillation, auth, recording),
})
