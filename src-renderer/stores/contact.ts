/** The contact being flown, or flown last: its state, its log, and the operator's hand on it. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { LogEntry } from '@domain/model/alarm'
import type { ContactState, IpcCommands } from '@domain/model/ipc'
import { ask, listen } from '../api'
import { drillProblem } from '../live/drill-state'
import { liveMessages } from '../messages'
import { shortName } from '../place-name'
import { useProblems } from './problems'
import { useTelemetry } from './telemetry'

type Control = IpcCommands['contact:control'][0]

/** Speeds of the rehearsal clock. */
export const clockSpeeds = [1, 2, 5, 10, 30, 60] as const

export const useContact = defineStore('contact', () => {
  const telemetry = useTelemetry()
  const problems = useProblems()
  const state = shallowRef<ContactState | null>(null)
  const log = shallowRef<readonly LogEntry[]>([])
  let logOf = ''
  /** Words of the failure on screen; flying again answers it. */
  let failure = ''

  const running = computed(() => state.value?.outcome === 'running')
  const held = computed(() => state.value?.outcome === 'held')
  const flying = computed(() => running.value || held.value)
  /** Telemetry is due each second until distillation starts. */
  const expectsTelemetry = computed(
    () => running.value && !['distil', 'done'].includes(state.value?.phase ?? 'done'),
  )

  function take(next: ContactState | null): void {
    if (next && next.contactId !== state.value?.contactId) telemetry.reset(next.contactId)
    // The same pass flown again keeps its id.
    if (next?.outcome === 'running' && !flying.value) {
      logOf = ''
      problems.withdraw(failure)
    }
    if (next) startLog(next.contactId)
    if (next && flying.value) reportEnd(next)
    state.value = next
  }

  /** The operator may be looking at another workspace: a drill says what became of it, a failure why. */
  function reportEnd(next: ContactState): void {
    const drill = drillProblem(next, shortName(next.stationName, next.station))
    if (drill) problems.report(drill)
    if (drill) failure = drill.text
    else if (next.outcome === 'failed') reportFailure(next)
  }

  function reportFailure({ station, stationName, satelliteName, reason = '' }: ContactState): void {
    const { names, failedText, failedWayOut } = liveMessages.live
    const place = shortName(stationName, station)
    const text = failedText(names(place, satelliteName), reason.replace(/\.$/, ''))
    failure = text
    problems.report({ severity: 'critical', text, wayOut: failedWayOut })
  }

  function startLog(contactId: string): void {
    if (logOf === contactId) return
    logOf = contactId
    log.value = []
  }

  function note(event: { contactId: string; entry: LogEntry }): void {
    startLog(event.contactId)
    log.value = [event.entry, ...log.value]
  }

  async function control(order: Control): Promise<void> {
    if (!flying.value) return
    const next = await problems.request('contact:control', order)
    if (next) take(next)
  }

  const hold = (): Promise<void> => control({ action: held.value ? 'resume' : 'hold' })
  const abort = (): Promise<void> => control({ action: 'abort' })
  const setSpeed = (speed: number): Promise<void> => control({ action: 'speed', speed })

  /** Listens from the window's start, so that nothing of a pass is missed while another workspace is shown. */
  function start(): () => void {
    void ask('contact:state', undefined).then((answer) => answer.ok && take(answer.value))
    const stops = [listen('contact:changed', take), listen('contact:log', note), telemetry.start()]
    return () => stops.forEach((stop) => stop())
  }

  return {
    state,
    log,
    running,
    held,
    flying,
    expectsTelemetry,
    hold,
    abort,
    setSpeed,
    start,
  }
})
