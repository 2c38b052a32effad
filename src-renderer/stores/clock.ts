/**
 * The one mission clock of the window: rehearsal time comes from the contact's telemetry, replay time from the
 * player; when nothing flies it stands at the mission's start. No view reads the system clock.
 */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ContactState } from '@domain/model/ipc'
import { useContact } from './contact'
import { useMission } from './mission'
import { useTelemetry } from './telemetry'

export interface ReplayClock {
  utc_ms: number
  speed: number
  seed: number
  simulated: boolean
}

const DAY_MS = 86_400_000

export const useClock = defineStore('clock', () => {
  const mission = useMission()
  const telemetry = useTelemetry()
  const contactStore = useContact()
  const replay = shallowRef<ReplayClock | null>(null)

  /** The contact being flown or flown last, when it is of the open mission. */
  const contact = computed<ContactState | null>(() => {
    const { state } = contactStore
    const { resolved } = mission
    if (!state || !resolved) return null
    const tca_ms = Date.parse(state.tca_utc)
    const inside = tca_ms > resolved.start_ms - DAY_MS && tca_ms < resolved.end_ms + DAY_MS
    return inside ? state : null
  })
  const flying = computed(
    () => contact.value?.outcome === 'running' || contact.value?.outcome === 'held',
  )
  const flown_ms = computed(() => {
    if (!contact.value) return null
    return Number.isFinite(telemetry.last_ms) ? telemetry.last_ms : began_ms(contact.value)
  })
  const mode = computed(() => (replay.value ? 'replay' : flying.value ? 'rehearsal' : 'idle'))
  const now_ms = computed(
    () => replay.value?.utc_ms ?? flown_ms.value ?? mission.resolved?.start_ms ?? null,
  )

  /** The replay workspace shows its own time while it is in front; `null` gives the clock back. */
  function showReplay(next: ReplayClock | null): void {
    replay.value = next
  }

  return { contact, flying, mode, now_ms, replay, showReplay }
})

/** Before the first row: when the contact's latest phase began, else its AOS. */
function began_ms(contact: ContactState): number {
  const started = Object.values(contact.phaseStarted_ms)
  return started.length ? Math.max(...started) : Date.parse(contact.aos_utc)
}
