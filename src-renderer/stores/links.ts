/** The round of key exchange over the mission's fibre hops: its progress and what came of it. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { IpcEvents } from '@domain/model/ipc'
import type { FibreReport } from '@domain/model/report'
import { listen } from '../api'
import { useKeys } from './keys'
import { useProblems } from './problems'

type Progress = IpcEvents['links:progress']

export const useLinks = defineStore('links', () => {
  const [problems, keys] = [useProblems(), useKeys()]
  const progress = shallowRef<Progress | null>(null)
  const reports = shallowRef<readonly FibreReport[]>([])
  const asked = shallowRef(false)
  const working = computed(() => asked.value || progress.value !== null)

  function take(next: Progress): void {
    progress.value = next.done < next.total ? next : null
    void keys.refresh()
  }

  /** Exchanges over every hop, one after another; the window stays usable meanwhile. */
  async function exchange(): Promise<boolean> {
    if (working.value || !(await keys.ensureOpen())) return false
    asked.value = true
    const done = await problems.request('links:exchange', undefined)
    asked.value = false
    if (done) reports.value = done
    await keys.refresh()
    return done !== undefined
  }

  const start = (): (() => void) => listen('links:progress', take)

  return { progress, reports, working, exchange, start }
})
