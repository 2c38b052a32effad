/** Problems on screen: the newest four are notifications, all of them stay in the log. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Problem } from '@domain/model/alarm'
import type { IpcCommand, IpcCommands } from '@domain/model/ipc'
import { ask, listen } from '../api'

export interface ShownProblem extends Problem {
  id: number
  dismissed: boolean
  /** Counted and logged, but not put in front of the work. */
  quiet: boolean
}
const severities = ['critical', 'serious', 'caution'] as const
export const MAX_NOTIFICATIONS = 4
const MAX_LOG = 200

export const useProblems = defineStore('problems', () => {
  const log = shallowRef<ShownProblem[]>([])
  let lastId = 0
  let noted: ReadonlySet<string> = new Set()

  const open = computed(() => log.value.filter((problem) => !problem.dismissed))
  const notifications = computed(() =>
    open.value.filter((problem) => !problem.quiet).slice(0, MAX_NOTIFICATIONS),
  )
  const worst = computed(
    () => severities.find((name) => open.value.some((entry) => entry.severity === name)) ?? null,
  )

  /** Shows a problem; the same text is not stacked twice. */
  function report(problem: Problem, quiet = false): void {
    const others = log.value.filter((entry) => entry.dismissed || entry.text !== problem.text)
    const entry = { ...problem, id: ++lastId, dismissed: false, quiet }
    log.value = [entry, ...others].slice(0, MAX_LOG)
  }

  /**
   * Takes what the open mission says of itself: a caution is counted and logged, worse is shown. What it says
   * no longer is dismissed; what it said before is not raised again.
   */
  function noteAll(notices: readonly Problem[]): void {
    const texts = new Set(notices.map(({ text }) => text))
    const gone = (entry: ShownProblem): boolean => noted.has(entry.text) && !texts.has(entry.text)
    log.value = log.value.map((entry) => (gone(entry) ? { ...entry, dismissed: true } : entry))
    for (const notice of notices)
      if (!noted.has(notice.text)) report(notice, notice.severity === 'caution')
    noted = texts
  }

  function dismiss(id: number): void {
    log.value = log.value.map((entry) => (entry.id === id ? { ...entry, dismissed: true } : entry))
  }
  /** Dismisses what no longer holds, by its text. */
  function withdraw(text: string): void {
    log.value = log.value.map((entry) =>
      entry.text === text ? { ...entry, dismissed: true } : entry,
    )
  }
  function dismissAll(): void {
    log.value = log.value.map((entry) => ({ ...entry, dismissed: true }))
  }

  /** Asks the main process and shows the problem when it refuses; `undefined` then, `null` when the user cancelled. */
  async function request<C extends IpcCommand>(
    command: C,
    argument: IpcCommands[C][0],
  ): Promise<IpcCommands[C][1] | undefined> {
    const answer = await ask(command, argument)
    if (answer.ok) return answer.value
    report(answer.problem)
    return undefined
  }

  const start = (): (() => void) => listen('app:problem', (problem) => report(problem))

  return {
    log,
    open,
    notifications,
    worst,
    report,
    noteAll,
    withdraw,
    dismiss,
    dismissAll,
    request,
    start,
  }
})
