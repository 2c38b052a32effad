/** "Best night pair": the two passes of two stations whose lesser expected key is greatest. */
import { computed, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { bestNightPair } from '@domain/plan/best-pair'
import { messages } from '../messages'
import { useMission } from '../stores/mission'
import { useProblems } from '../stores/problems'
import { useCandidates } from './candidates-store'
import { requestFor } from './chosen'

const a = ref('')
const b = ref('')

export interface PairChoice {
  a: Ref<string>
  b: Ref<string>
  possible: ComputedRef<boolean>
  choose: () => Promise<void>
}

export function usePairChoice(): PairChoice {
  const [mission, store, problems] = [useMission(), useCandidates(), useProblems()]
  const ids = computed(() => (mission.resolved?.stations ?? []).map((station) => station.id))
  const known = (id: string, other: number): string =>
    ids.value.includes(id) ? id : (ids.value[other] ?? '')
  const from = computed({ get: () => known(a.value, 0), set: (id) => (a.value = id) })
  const to = computed({ get: () => known(b.value, 1), set: (id) => (b.value = id) })
  const possible = computed(
    () =>
      store.finding.is === 'ready' &&
      from.value !== '' &&
      to.value !== '' &&
      from.value !== to.value,
  )

  async function choose(): Promise<void> {
    const pair = bestNightPair(store.candidates, from.value, to.value)
    if (!pair) {
      const { noPairTitle, noPairWayOut } = messages.plan
      const text = noPairTitle(mission.stationName(from.value), mission.stationName(to.value))
      return problems.report({ severity: 'caution', text, wayOut: noPairWayOut })
    }
    const contacts = [...pair]
      .sort((one, other) => one.pass.tca.utc.localeCompare(other.pass.tca.utc))
      .map(requestFor)
    if (await mission.update({ contacts })) store.selectedId = pair[0].pass.id
  }
  return { a: from, b: to, possible, choose }
}
