/** What to say of an attack drill while it is flown, and what became of it. */
import type { Problem, Status } from '@domain/model/alarm'
import type { AttackKind } from '@domain/model/conditions'
import type { ContactState } from '@domain/model/ipc'
import type { Recording } from '@domain/model/recording'
import { stopLayers, type DrillOutcome } from '@domain/model/report'
import { missionMessages, resultMessages } from '../messages'

const words = resultMessages.drill

export interface DrillShown {
  status: Status
  /** The drill's name; absent when a layer stopped something that was no drill. */
  title?: string
  /** Its outcome, or what it does while it is flown. */
  lead: string
  text: string
}

const nameOf = (kind: AttackKind): string => missionMessages.drill.kinds[kind].name
const titleOf = (kinds: readonly AttackKind[]): string | undefined =>
  kinds.length > 0 ? words.flying(kinds.map(nameOf).join(', ')) : undefined

/** The band of a drill, or of a layer that stopped a contact without one; null when there is nothing to say. */
export function drillShown(
  kinds: readonly AttackKind[],
  outcome: DrillOutcome,
  ended: boolean,
): DrillShown | null {
  const title = titleOf(kinds)
  const { stopped_by, not_detectable } = outcome
  if (stopped_by) {
    const status = title ? 'normal' : 'critical'
    return { title, status, lead: words.stopped(stopped_by), text: stopLayers[stopped_by] }
  }
  if (not_detectable)
    return { title, status: 'critical', lead: words.notDetectable, text: not_detectable }
  if (!title) return null
  if (ended) return { title, status: 'caution', lead: '', text: words.ended }
  return { title, status: 'caution', lead: '', text: kinds.map(textOf).join(' ') }
}

const textOf = (kind: AttackKind): string => missionMessages.drill.kinds[kind].text

/** The band of the contact that flies or flew last. */
export function drillOfContact(contact: ContactState | null): DrillShown | null {
  if (!contact) return null
  const { attacks = [], report, stopped_by, outcome } = contact
  const became = report ?? { stopped_by }
  return drillShown(attacks, became, outcome !== 'running' && outcome !== 'held')
}

/** The band of a recorded contact; without a report the mission's attacks and the log's last alarm say what happened. */
export function drillOfRecording({ head, report, log }: Recording): DrillShown | null {
  if (report) return drillShown(report.attack ? [report.attack] : [], report, true)
  const kinds = head.resolved.mission.attacks
    .filter(
      ({ kind, station }) =>
        !kind.startsWith('relay-') && (station ?? head.station) === head.station,
    )
    .map(({ kind }) => kind)
  const shown = drillShown(kinds, {}, true)
  const last = [...log]
    .reverse()
    .find(({ status }) => status === 'critical' || status === 'serious')
  return shown && last ? { ...shown, text: last.text } : shown
}

/** The drill's outcome as an entry of the alarm list; null while it is flown and without one. */
export function drillProblem(contact: ContactState, place: string): Problem | null {
  const { outcome, attacks = [] } = contact
  if (outcome === 'running' || outcome === 'held' || outcome === 'aborted' || !attacks.length)
    return null
  const shown = drillOfContact(contact)
  if (!shown || (contact.report && !contact.report.attack)) return null
  const what = [shown.lead, shown.text].filter((part) => part !== '').join(' ')
  const text = `${words.problem(place, attacks.map(nameOf).join(', '))} ${what}`
  if (shown.status === 'critical') return { severity: 'serious', text, wayOut: words.openWayOut }
  const kept = (contact.report?.secret_bits ?? 0) > 0
  return { severity: 'caution', text, wayOut: kept ? words.keptWayOut : words.wayOut }
}
