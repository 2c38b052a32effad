/** The two stations the Keys workspace looks at, and the blocks that join them. */
import { computed, ref } from 'vue'
import type { ComputedRef, WritableComputedRef } from 'vue'
import { satelliteName } from '@domain/model/elements'
import type { KeyRow } from '@domain/model/ledger'
import { useKeys } from '../stores/keys'
import { useMission } from '../stores/mission'

const chosenA = ref('')
const chosenB = ref('')

/** A holder as the ledger may name it: by id or by name. */
export interface Party {
  id: string
  name: string
}
export interface KeyPair {
  a: WritableComputedRef<string>
  b: WritableComputedRef<string>
  stations: ComputedRef<Party[]>
  partyA: ComputedRef<Party>
  partyB: ComputedRef<Party>
  satellite: ComputedRef<Party>
  /** Newest pass block between the satellite and each station. */
  blocksA: ComputedRef<KeyRow[]>
  blocksB: ComputedRef<KeyRow[]>
  shared: ComputedRef<KeyRow[]>
}

const is = (party: Party, end: string): boolean => end === party.id || end === party.name
const joins = (row: KeyRow, one: Party, other: Party): boolean =>
  (is(one, row.ends[0]) && is(other, row.ends[1])) ||
  (is(other, row.ends[0]) && is(one, row.ends[1]))
const newestFirst = (rows: KeyRow[]): KeyRow[] =>
  [...rows].sort((a, b) => b.created_utc.localeCompare(a.created_utc))

export function useKeyPair(): KeyPair {
  const [mission, keys] = [useMission(), useKeys()]
  const party = (id: string): Party => ({ id, name: mission.stationName(id) })
  const stations = computed<Party[]>(() =>
    (mission.resolved?.stations ?? []).map(({ id }) => party(id)),
  )
  const known = (id: string, other: number): string =>
    stations.value.some((station) => station.id === id) ? id : (stations.value[other]?.id ?? '')
  const request = computed(() => mission.mission?.requests[0])
  const a = computed({
    get: () => known(chosenA.value || (request.value?.a ?? ''), 0),
    set: (id) => (chosenA.value = id),
  })
  const b = computed({
    get: () => known(chosenB.value || (request.value?.b ?? ''), 1),
    set: (id) => (chosenB.value = id),
  })
  const partyA = computed(() => party(a.value))
  const partyB = computed(() => party(b.value))
  const satellite = computed<Party>(() => {
    const first = mission.resolved?.satellites[0]
    const name = first ? satelliteName(first.record) : ''
    return { id: name, name }
  })
  const between = (one: () => Party, other: () => Party, kind: KeyRow['kind']) =>
    computed(() =>
      newestFirst(keys.view.rows.filter((row) => row.kind === kind && joins(row, one(), other()))),
    )
  return {
    a,
    b,
    stations,
    partyA,
    partyB,
    satellite,
    blocksA: between(
      () => satellite.value,
      () => partyA.value,
      'pass',
    ),
    blocksB: between(
      () => satellite.value,
      () => partyB.value,
      'pass',
    ),
    shared: between(
      () => partyA.value,
      () => partyB.value,
      'relay',
    ),
  }
}
