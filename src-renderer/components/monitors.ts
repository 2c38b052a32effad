/** What the status bar watches: elements, engine, keys and the optical link. */
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { Status } from '@domain/model/alarm'
import type { ContactState } from '@domain/model/ipc'
import { elementsHealth, worstStatus } from '../elements-health'
import { messages } from '../messages'
import { useClock } from '../stores/clock'
import { useKeys } from '../stores/keys'
import { useMission } from '../stores/mission'

export interface Monitor {
  id: 'elements' | 'engine' | 'keys' | 'link'
  name: string
  status: Status
  why: string
}

export function useMonitors(): ComputedRef<Monitor[]> {
  const [mission, clock, keys] = [useMission(), useClock(), useKeys()]
  return computed(() => [
    elementsMonitor(mission.resolved),
    monitor('engine', engineStatus(clock.contact)),
    monitor('keys', keys.isOpen ? 'normal' : keys.status ? 'standby' : 'off'),
    monitor('link', linkStatus(clock.contact)),
  ])
}

function elementsMonitor(resolved: ReturnType<typeof useMission>['resolved']): Monitor {
  const healths = (resolved?.satellites ?? []).map((satellite) =>
    elementsHealth(satellite.record, resolved?.start_ms ?? 0, resolved?.end_ms ?? 0),
  )
  const status = worstStatus(healths.map((health) => health.status))
  const why = healths.find((health) => health.status === status)?.text ?? ''
  return { ...monitor('elements', status), why }
}

const monitor = (id: Monitor['id'], status: Status): Monitor => ({
  id,
  name: messages.bar[id],
  status,
  why: messages.bar.why[id][status],
})

function engineStatus(contact: ContactState | null): Status {
  if (!contact || contact.outcome === 'complete') return 'standby'
  if (contact.outcome === 'held') return 'caution'
  return contact.outcome === 'running' ? 'normal' : 'critical'
}

function linkStatus(contact: ContactState | null): Status {
  if (contact?.phase !== 'exchange') return 'off'
  if (contact.outcome === 'running') return 'normal'
  return contact.outcome === 'held' ? 'caution' : 'off'
}
