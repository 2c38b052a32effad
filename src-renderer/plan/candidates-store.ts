/** The candidates of the open mission, found in a worker; which are chosen, selected and shown. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { ContactState } from '@domain/model/ipc'
import type { Candidate } from '@domain/model/pass'
import { messages } from '../messages'
import { chosenIds, flownState, isPass, stationsOf, toggled } from './chosen'
import type { CandidateState } from './chosen'
import type { SunBand } from './sun-bands'
import { useClock } from '../stores/clock'
import { useMission } from '../stores/mission'
import type { PlanAnswer, PlanJob } from '../workers/plan.worker'

export interface NextContact {
  candidate: Candidate
  stationName: string
  aos_utc: string
  los_utc: string
}
type Finding = { is: 'idle' | 'finding' | 'ready' } | { is: 'failed'; reason: string }

export const useCandidates = defineStore('candidates', () => {
  const mission = useMission()
  const clock = useClock()
  const finding = shallowRef<Finding>({ is: 'idle' })
  const candidates = shallowRef<Candidate[]>([])
  const bands = shallowRef<Record<string, SunBand[]>>({})
  const selectedId = ref<string | null>(null)
  const hiddenStations = shallowRef<ReadonlySet<string>>(new Set())
  const flown = shallowRef<ContactState[]>([])
  let worker: Worker | null = null
  let generation = 0

  const contacts = computed(() => mission.mission?.contacts ?? [])
  const chosen = computed(() => chosenIds(contacts.value, candidates.value))
  const chosenCandidates = computed(() =>
    candidates.value.filter(({ pass }) => chosen.value.has(pass.id)),
  )
  const shown = computed(() =>
    candidates.value.filter(
      (candidate) => !stationsOf(candidate).some((id) => hiddenStations.value.has(id)),
    ),
  )
  const selected = computed(
    () => candidates.value.find(({ pass }) => pass.id === selectedId.value) ?? null,
  )
  /** The chosen pass that is on or next by the mission clock. */
  const next = computed<NextContact | null>(() => {
    const now_ms = clock.now_ms ?? 0
    const candidate = chosenCandidates.value
      .filter(({ pass }) => Date.parse(pass.los.utc) > now_ms)
      .sort((a, b) => a.pass.aos.utc.localeCompare(b.pass.aos.utc))[0]
    if (!candidate) return null
    const { aos, los } = candidate.pass
    const stationName = placeOf(candidate)
    return { candidate, stationName, aos_utc: aos.utc, los_utc: los.utc }
  })

  /** The station's name, or both of an entangled contact. */
  function placeOf(candidate: Candidate): string {
    const [a = '', b] = stationsOf(candidate).map(mission.stationName)
    return b === undefined ? a : messages.plan.pairs.both(a, b)
  }

  function stateOf(candidate: Candidate): CandidateState {
    const contact = flown.value.find((entry) => isPass(entry, candidate))
    if (contact) return flownState(contact)
    return chosen.value.has(candidate.pass.id) ? 'chosen' : 'candidate'
  }

  const toggle = (candidate: Candidate): Promise<boolean> =>
    mission.update({ contacts: toggled(contacts.value, candidate, candidates.value) })

  function toggleStation(id: string): void {
    const hidden = new Set(hiddenStations.value)
    if (!hidden.delete(id)) hidden.add(id)
    hiddenStations.value = hidden
  }

  /** Asks the worker for the whole horizon; the answer to an older question is dropped. */
  function find(): void {
    const { resolved } = mission
    generation += 1
    if (!resolved) return void (finding.value = { is: 'idle' })
    if (finding.value.is === 'finding') stopWorker()
    finding.value = { is: 'finding' }
    worker ??= startWorker()
    const job: PlanJob = { generation, resolved }
    worker.postMessage(JSON.parse(JSON.stringify(job)))
  }

  /** A question still being answered is given up: a long horizon would hold up the next one. */
  function stopWorker(): void {
    worker?.terminate()
    worker = null
  }

  function startWorker(): Worker {
    const made = new Worker(new URL('../workers/plan.worker.ts', import.meta.url), {
      type: 'module',
    })
    made.onmessage = (event: MessageEvent<PlanAnswer>) => take(event.data)
    made.onerror = (event) => take({ generation, ok: false, reason: event.message })
    return made
  }

  function take(answer: PlanAnswer): void {
    if (answer.generation !== generation) return
    if (!answer.ok) return void (finding.value = { is: 'failed', reason: answer.reason })
    candidates.value = answer.candidates.sort((a, b) =>
      a.pass.tca.utc.localeCompare(b.pass.tca.utc),
    )
    bands.value = answer.bands
    if (!selected.value) selectedId.value = chosenCandidates.value[0]?.pass.id ?? null
    finding.value = { is: 'ready' }
  }

  function remember(contact: ContactState | null): void {
    if (!contact) return
    const others = flown.value.filter((entry) => entry.contactId !== contact.contactId)
    flown.value = [contact, ...others]
  }

  /** Starts following the mission: choosing a pass changes no geometry and finds nothing anew. */
  function start(): void {
    watch(() => geometryKey(mission.resolved), find, { immediate: true })
    watch(() => clock.contact, remember, { immediate: true })
  }

  return {
    finding,
    candidates,
    bands,
    shown,
    chosen,
    chosenCandidates,
    selectedId,
    selected,
    hiddenStations,
    next,
    placeOf,
    stateOf,
    toggle,
    toggleStation,
    find,
    start,
  }
})

/** What the candidates depend on: orbits, places and limits, not contacts, drills or how errors are corrected. */
function geometryKey(resolved: ReturnType<typeof useMission>['resolved']): string {
  if (!resolved) return ''
  const { satellites, stations, mission, start_ms, end_ms } = resolved
  const { protocol, min_elevation_deg, max_range_km, sun_below_deg } = mission.exchange
  const limits = { protocol, min_elevation_deg, max_range_km, sun_below_deg }
  const { security } = mission
  return JSON.stringify({ satellites, stations, limits, security, start_ms, end_ms })
}
