/** Flying from the planner: which pass, how fast, and why it cannot be flown now. */
import { computed, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { fly, flightSpeeds } from '../fly'
import { messages } from '../messages'
import { useClock } from '../stores/clock'
import { useShowWorkspace } from '../workspaces'
import { useCandidates } from './candidates-store'
import { requestFor } from './chosen'

/** Kept while another workspace is in front. */
const speed = ref<number>(flightSpeeds[2])

export interface Flight {
  speed: Ref<number>
  whyNot: ComputedRef<string | undefined>
  start: () => Promise<void>
}

export function useFlight(): Flight {
  const store = useCandidates()
  const clock = useClock()
  const show = useShowWorkspace()
  const whyNot = computed(() => {
    if (!store.selected) return messages.plan.choosePass
    if (!store.selected.exchange) return messages.plan.noKeyPass
    return clock.flying ? messages.plan.busy : undefined
  })
  async function start(): Promise<void> {
    if (!store.selected || whyNot.value) return
    if (await fly({ ...requestFor(store.selected), speed: speed.value })) show('live')
  }
  return { speed, whyNot, start }
}
