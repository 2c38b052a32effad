/** The search for the best source of the selected pass, its result, and its use in the mission. */
import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import type { Mission } from '@domain/model/mission'
import { isPairSource } from '@domain/model/payload'
import { missionMessages } from '../messages'
import { useMission } from '../stores/mission'
import type { SourceAnswer, SourceQuestion } from '../workers/source.worker'
import { hasTwoDecoys } from './best-source'
import type { BestSource } from './best-source'
import type { SourceSettings } from './planned-key'
import { useCandidates } from './candidates-store'

export type Search =
  { is: 'idle' | 'finding' } | { is: 'found'; found: BestSource } | { is: 'failed'; reason: string }
export interface SourceSearch {
  search: Ref<Search>
  /** Why nothing can be looked for. */
  whyNot: ComputedRef<string | undefined>
  find: () => void
  use: (source: SourceSettings) => Promise<boolean>
  stop: () => void
}

const words = missionMessages.source

export function useBestSource(): SourceSearch {
  const [mission, store] = [useMission(), useCandidates()]
  const search = shallowRef<Search>({ is: 'idle' })
  let worker: Worker | null = null
  let lastId = 0

  const whyNot = computed(() => {
    const { resolved } = mission
    const candidate = store.selected
    const payload = resolved?.satellites.find(
      ({ noradId }) => noradId === candidate?.pass.satellite,
    )?.payload
    if (!candidate?.exchange || !payload) return words.noWindow
    if (isPairSource(payload)) return words.notWeak
    return hasTwoDecoys(payload) ? undefined : words.oneDecoy
  })

  function take(answer: SourceAnswer): void {
    if (answer.id !== lastId) return
    search.value = answer.ok
      ? { is: 'found', found: answer.found }
      : { is: 'failed', reason: answer.reason }
  }

  function startWorker(): Worker {
    const made = new Worker(new URL('../workers/source.worker.ts', import.meta.url), {
      type: 'module',
    })
    made.onmessage = (event: MessageEvent<SourceAnswer>) => take(event.data)
    made.onerror = (event) => take({ id: lastId, ok: false, reason: event.message })
    return made
  }

  function find(): void {
    const { resolved } = mission
    const candidate = store.selected
    if (whyNot.value || !resolved || !candidate || search.value.is === 'finding') return
    search.value = { is: 'finding' }
    worker ??= startWorker()
    const question: SourceQuestion = { id: (lastId += 1), job: { candidate, resolved } }
    worker.postMessage(JSON.parse(JSON.stringify(question)))
  }

  function use(source: SourceSettings): Promise<boolean> {
    const satellite = store.selected?.pass.satellite
    const satellites = mission.mission?.satellites ?? []
    return mission.update({
      satellites: satellites.map((entry) =>
        entry.noradId === satellite ? withSource(entry, source) : entry,
      ),
    })
  }

  watch([() => store.selectedId, () => mission.resolved?.satellites], () => {
    lastId += 1
    search.value = { is: 'idle' }
  })
  return { search, whyNot, find, use, stop: () => worker?.terminate() }
}

type MissionSatellite = Mission['satellites'][number]

/** The satellite's payload with the source's parameters on top of what it is. */
export function withSource(satellite: MissionSatellite, source: SourceSettings): MissionSatellite {
  const { payload } = satellite
  const { intensities, probabilities, basis_x_probability } = source
  const base = typeof payload === 'string' ? { id: payload } : payload
  return { ...satellite, payload: { ...base, intensities, probabilities, basis_x_probability } }
}
