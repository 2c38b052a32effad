/** The two places the Keys workspace looks at, the way of key to each of them, and the blocks that join them. */
import { computed, ref } from 'vue'
import type { ComputedRef, WritableComputedRef } from 'vue'
import { satelliteName } from '@domain/model/elements'
import type { KeyRow } from '@domain/model/ledger'
import { isPairSource } from '@domain/model/payload'
import { citiesOf, fibreWay, isFibreBlock } from '../links/fibre-way'
import type { FibreWay } from '../links/fibre-way'
import { byAge } from './related-blocks'
import { useKeys } from '../stores/keys'
import { useMission } from '../stores/mission'

const chosenA = ref('')
const chosenB = ref('')

/** A holder as the ledger may name it: by id or by name. */
export interface Party {
  id: string
  name: string
}
/** One of the two places: a station, or a city with the fibre that leads there. */
export interface Side {
  party: Party
  /** Where the satellite's key arrives; the place itself when it is a station. */
  station: Party
  /** Null when no fibre leads to the place. */
  way: FibreWay | null
  /** Blocks between satellite and station, newest first. */
  blocks: KeyRow[]
}
export interface KeyPair {
  a: WritableComputedRef<string>
  b: WritableComputedRef<string>
  /** Stations of the mission, then cities at the ends of its fibres. */
  places: ComputedRef<Party[]>
  partyA: ComputedRef<Party>
  partyB: ComputedRef<Party>
  sideA: ComputedRef<Side>
  sideB: ComputedRef<Side>
  /** At least one of the two is a city. */
  hasCity: ComputedRef<boolean>
  /** The satellite sends pairs, which two stations measure without a relay. */
  direct: ComputedRef<boolean>
  satellite: ComputedRef<Party>
  /** Key of both places that was not destroyed, newest first. */
  shared: ComputedRef<KeyRow[]>
}

const is = (party: Party, end: string): boolean => end === party.id || end === party.name
const joins = (row: KeyRow, one: Party, other: Party): boolean =>
  (is(one, row.ends[0]) && is(other, row.ends[1])) ||
  (is(other, row.ends[0]) && is(one, row.ends[1]))
const newestFirst = (rows: KeyRow[]): KeyRow[] => [...rows].sort(byAge)

export function useKeyPair(): KeyPair {
  const [mission, keys] = [useMission(), useKeys()]
  const party = (id: string): Party => ({ id, name: mission.stationName(id) })
  const links = computed(() => mission.mission?.links ?? [])
  const places = computed<Party[]>(() =>
    [...mission.stationIds, ...citiesOf(links.value, mission.stationIds)].map(party),
  )
  const known = (id: string, other: number): string =>
    places.value.some((place) => place.id === id) ? id : (places.value[other]?.id ?? '')
  const request = computed(() => mission.mission?.requests[0])
  const a = computed({
    get: () => known(chosenA.value, -1) || known(request.value?.a ?? '', 0),
    set: (id) => (chosenA.value = id),
  })
  const b = computed({
    get: () => known(chosenB.value, -1) || known(request.value?.b ?? '', 1),
    set: (id) => (chosenB.value = id),
  })
  const satellite = computed<Party>(() => {
    const first = mission.resolved?.satellites[0]
    const name = first ? satelliteName(first.record) : ''
    return { id: name, name }
  })
  const between = (one: Party, other: Party): KeyRow[] =>
    newestFirst(keys.view.rows.filter((row) => joins(row, one, other) && !isFibreBlock(row)))
  const side = (id: string): Side => {
    const way = fibreWay(links.value, id, mission.stationIds)
    const station = party(way?.station ?? id)
    return { party: party(id), station, way, blocks: between(satellite.value, station) }
  }
  const sideA = computed(() => side(a.value))
  const sideB = computed(() => side(b.value))
  const partyA = computed(() => sideA.value.party)
  const partyB = computed(() => sideB.value.party)
  return {
    ...{ a, b, places, partyA, partyB, sideA, sideB, satellite },
    hasCity: computed(() =>
      [a.value, b.value].some((id) => id !== '' && !mission.stationIds.includes(id)),
    ),
    direct: computed(() => {
      const payload = mission.resolved?.satellites[0]?.payload
      const together = mission.mission?.contacts.some(({ stations }) => stations) ?? false
      return payload !== undefined && isPairSource(payload) && together
    }),
    shared: computed(() =>
      between(partyA.value, partyB.value).filter(({ state }) => state !== 'destroyed'),
    ),
  }
}
