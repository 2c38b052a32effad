/** Sorting, filtering and keyboard selection of the pass table. */
import { computed, ref, shallowRef } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import type { Candidate } from '@domain/model/pass'
import { messages } from '../messages'
import { useMission } from '../stores/mission'
import { useCandidates } from './candidates-store'
import { passColumns } from './pass-columns'
import type { PassColumn } from './pass-columns'

export interface Sorting {
  by: string
  descending: boolean
}
export interface PassTableState {
  columns: ComputedRef<PassColumn[]>
  rows: ComputedRef<Candidate[]>
  filter: Ref<string>
  sorting: Ref<Sorting>
  sort: (by: string) => void
  onKey: (event: KeyboardEvent) => void
}

/** Kept while another workspace is in front. */
const filter = ref('')
const sorting = shallowRef<Sorting>({ by: 'tca', descending: false })
const PAGE = 10
/** Room for the names of two stations. */
const PAIR_WIDTH = 148
const widened = (column: PassColumn): PassColumn => ({ ...column, width: PAIR_WIDTH })

export function usePassTable(): PassTableState {
  const [mission, store] = [useMission(), useCandidates()]
  const all = passColumns({ place: store.placeOf, satellite: mission.satelliteName })
  const hasPairs = computed(() => store.candidates.some(({ stations }) => stations))
  /** With one satellite its column says nothing. */
  const columns = computed(() =>
    all
      .filter(({ id }) => id !== 'satellite' || (mission.resolved?.satellites.length ?? 0) > 1)
      .map((column) => (column.id === 'station' && hasPairs.value ? widened(column) : column)),
  )
  const sorter = computed(() => sortKey(sorting.value.by, all, store))

  const words = (candidate: Candidate): string =>
    [
      ...all.map((column) => column.text(candidate)),
      messages.plan.timeline[store.stateOf(candidate)],
      candidate.whyNoKey ?? messages.plan.table.key,
      candidate.dark ? messages.plan.timeline.night : messages.plan.timeline.day,
    ]
      .join(' ')
      .toLowerCase()

  const rows = computed(() => {
    const wanted = filter.value.toLowerCase().split(/\s+/).filter(Boolean)
    const kept = store.shown.filter((candidate) => {
      const text = wanted.length ? words(candidate) : ''
      return wanted.every((word) => text.includes(word))
    })
    const sign = sorting.value.descending ? -1 : 1
    return kept.sort((a, b) => sign * compare(sorter.value(a), sorter.value(b)))
  })

  function sort(by: string): void {
    const again = sorting.value.by === by
    sorting.value = { by, descending: again ? !sorting.value.descending : by === 'key' }
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const at = rows.value.findIndex(({ pass }) => pass.id === store.selectedId)
    const goals: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + PAGE,
      PageUp: at - PAGE,
      Home: 0,
      End: rows.value.length - 1,
    }
    const goal = goals[event.key]
    const toggles = event.key === 'Enter' || event.key === ' '
    if (goal === undefined && !toggles) return
    event.preventDefault()
    event.stopPropagation()
    if (toggles) return void (store.selected && store.toggle(store.selected))
    const held = Math.min(rows.value.length - 1, Math.max(0, goal ?? 0))
    store.selectedId = rows.value[held]?.pass.id ?? null
  }

  return { columns, rows, filter, sorting, sort, onKey }
}

type SortKey = (candidate: Candidate) => number | string

function sortKey(
  by: string,
  columns: PassColumn[],
  store: ReturnType<typeof useCandidates>,
): SortKey {
  if (by === 'key') return (candidate) => candidate.expected_key_bits
  if (by === 'state') return (candidate) => (store.stateOf(candidate) === 'candidate' ? 1 : 0)
  return columns.find((column) => column.id === by)?.sortBy ?? (({ pass }) => pass.tca.utc)
}

const compare = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
