/** The steps of a pass as the strip shows them, and the countdown that matters in each phase. */
import type { ContactState } from '@domain/model/ipc'
import { phases, type Phase } from '@domain/model/telemetry'
import { liveMessages, resultMessages } from '../messages'
import type { ContactFrame } from './contact-frame'

export interface PhaseStep {
  phase: Phase
  state: 'done' | 'now' | 'ahead' | 'broken' | 'not run'
  /** When it began, or is expected to; NaN when nobody knows. */
  utc_ms: number
  estimated: boolean
  /** Share of the step that has passed, 0 to 1. */
  share: number
}

const failed = (contact: ContactState | null): boolean =>
  contact?.outcome === 'aborted' || contact?.outcome === 'failed'

function expectedAt(phase: Phase, frame: ContactFrame): number {
  if (phase === 'exchange') return frame.exchange_from_ms
  if (phase === 'distil') return frame.exchange_to_ms
  return phase === 'acquire' ? frame.aos_ms : NaN
}

function stateOf(index: number, at: number, contact: ContactState | null): PhaseStep['state'] {
  if (contact?.outcome === 'complete') return 'done'
  if (index < at) return 'done'
  if (index === at) return failed(contact) ? 'broken' : 'now'
  return failed(contact) ? 'not run' : 'ahead'
}

/** All steps of the contact, or of one that is about to fly. */
export function phaseSteps(
  contact: ContactState | null,
  frame: ContactFrame,
  now_ms: number,
): PhaseStep[] {
  const at = contact ? phases.indexOf(contact.phase) : -1
  return phases.map((phase, index) => {
    const started = contact?.phaseStarted_ms[phase]
    const state = stateOf(index, at, contact)
    return {
      phase,
      state,
      utc_ms: started ?? expectedAt(phase, frame),
      estimated: started === undefined,
      share: state === 'now' ? shareOf(phase, frame, now_ms) : state === 'done' ? 1 : 0,
    }
  })
}

function shareOf(phase: Phase, frame: ContactFrame, now_ms: number): number {
  if (phase !== 'exchange') return 0.5
  const { exchange_from_ms: from, exchange_to_ms: to } = frame
  return Math.min(1, Math.max(0, (now_ms - from) / (to - from))) || 0
}

/** What the big timer counts towards; once a contact has ended early, only LOS is left. */
export function countdown(
  frame: ContactFrame,
  now_ms: number,
  ended = false,
): { words: string; event_ms: number } {
  const { until } = liveMessages.live
  if (now_ms < frame.aos_ms) return { words: until.aos, event_ms: frame.aos_ms }
  if (!ended && now_ms < frame.exchange_from_ms)
    return { words: until.start, event_ms: frame.exchange_from_ms }
  if (!ended && now_ms < frame.exchange_to_ms)
    return { words: until.end, event_ms: frame.exchange_to_ms }
  const before = now_ms < frame.los_ms
  return { words: before ? until.los : until.sinceLos, event_ms: frame.los_ms }
}

/** The one word from across the room. */
export function phaseWord(contact: ContactState | null): string {
  const { live } = liveMessages
  if (!contact) return live.ready
  const outcomes = {
    aborted: live.aborted,
    failed: contact.stopped_by ? resultMessages.drill.word : live.failed,
    held: live.held,
    complete: live.complete,
    running: live.phases[contact.phase].toUpperCase(),
  }
  return outcomes[contact.outcome]
}
