/** The open mission, the catalogue, and what the user does with them. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { satelliteName as recordName } from '@domain/model/elements'
import type { Problem } from '@domain/model/alarm'
import type { ElementsRecord } from '@domain/model/elements'
import type { AppInfo, Catalogue, Imported, MissionState, ShippedMission } from '@domain/model/ipc'
import type { Mission } from '@domain/model/mission'
import { ask, listen } from '../api'
import { holderName } from '../links/fibre-way'
import { shortName } from '../place-name'
import { useProblems } from './problems'

export interface ImportShown extends Imported {
  what: 'elements' | 'stations'
}

const nameOf = (record: ElementsRecord | undefined, noradId: number): string =>
  record ? recordName(record) : String(noradId)

export const useMission = defineStore('mission', () => {
  const problems = useProblems()
  const state = shallowRef<MissionState | null>(null)
  const catalogue = shallowRef<Omit<Catalogue, 'stationDefaults'>>({
    elements: [],
    stations: [],
    payloads: [],
  })
  const info = shallowRef<AppInfo | null>(null)
  const lastImport = shallowRef<ImportShown | null>(null)
  const loaded = shallowRef(false)

  const resolved = computed(() => state.value?.resolved ?? null)
  const mission = computed<Mission | null>(() => resolved.value?.mission ?? null)
  const stationIds = computed(() => (resolved.value?.stations ?? []).map(({ id }) => id))
  const plainName = (id: string): string =>
    shortName(
      resolved.value?.stations.find((station) => station.id === id)?.name ??
        catalogue.value.stations.find((station) => station.id === id)?.name ??
        id,
      id,
    )
  /** The name of a station, of a city at the end of a fibre, or of a trusted node between. */
  const stationName = (id: string): string => holderName(id, plainName)
  const satelliteName = (noradId: number): string =>
    nameOf(resolved.value?.satellites.find((entry) => entry.noradId === noradId)?.record, noradId)

  function take(next: MissionState | null | undefined): boolean {
    if (!next) return false
    state.value = next
    problems.noteAll(next.notices)
    return true
  }

  const open = async (path?: string): Promise<boolean> =>
    take(await problems.request('mission:open', path ? { path } : {}))
  const openText = async (name: string, text: string): Promise<boolean> =>
    take(await problems.request('mission:openText', { name, text }))
  /** Missions that come with the program; undefined when they cannot be read. */
  const shipped = (): Promise<ShippedMission[] | undefined> =>
    problems.request('mission:shipped', undefined)
  const openShipped = async (id: string): Promise<boolean> =>
    take(await problems.request('mission:openShipped', { id }))
  const save = async (saveAs: boolean): Promise<boolean> =>
    take(await problems.request('mission:save', { saveAs }))

  /** Changes fields of the mission; main validates, and a refused change leaves the mission as it was. */
  async function update(change: Partial<Mission>): Promise<boolean> {
    const problem = await propose(change)
    if (problem) problems.report(problem)
    return mission.value !== null && !problem
  }

  /** As `update`, but hands the refusal back instead of showing it; null when the change was taken. */
  async function propose(change: Partial<Mission>): Promise<Problem | null> {
    if (!mission.value) return null
    const answer = await ask('mission:update', { mission: { ...mission.value, ...change } })
    if (!answer.ok) return answer.problem
    take(answer.value)
    return null
  }

  async function importRecords(
    what: ImportShown['what'],
    file: { name?: string; text?: string } = {},
  ): Promise<void> {
    const command = what === 'elements' ? 'catalogue:importElements' : 'catalogue:importStations'
    const imported = await problems.request(command, file)
    if (!imported) return
    catalogue.value = imported.catalogue
    lastImport.value = { what, ...imported }
  }

  async function load(): Promise<void> {
    const [application, current, records] = await Promise.all([
      problems.request('app:info', undefined),
      problems.request('mission:current', undefined),
      problems.request('catalogue:get', undefined),
    ])
    info.value = application ?? null
    if (records) catalogue.value = records
    take(current)
    loaded.value = true
  }

  const start = (): (() => void) => listen('mission:changed', (next) => void take(next))

  return {
    state,
    catalogue,
    info,
    lastImport,
    loaded,
    resolved,
    mission,
    stationIds,
    stationName,
    satelliteName,
    open,
    openText,
    shipped,
    openShipped,
    save,
    update,
    propose,
    importRecords,
    load,
    start,
  }
})
