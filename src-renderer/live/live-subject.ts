/** Which contact the live workspace shows: the one that flies or flew last, else the next chosen one. */
import { computed } from 'vue'
import type { Candidate } from '@domain/model/pass'
import { isPass } from '../plan/chosen'
import { useCandidates } from '../plan/candidates-store'
import { useClock } from '../stores/clock'
import { useContact } from '../stores/contact'
import { useMission } from '../stores/mission'
import { frameOfContact, type ContactFrame } from './contact-frame'

/** A candidate's frame; a pass without an exchange shows all of itself. */
export function frameOfCandidate(
  { pass, exchange }: Candidate,
  names: { satelliteName: string; stationName: string },
): ContactFrame {
  const [aos_ms, los_ms] = [Date.parse(pass.aos.utc), Date.parse(pass.los.utc)]
  return {
    ...names,
    satellite: pass.satellite,
    station: pass.station,
    aos_ms,
    tca_ms: Date.parse(pass.tca.utc),
    los_ms,
    exchange_from_ms: exchange ? Date.parse(exchange.from_utc) : aos_ms,
    exchange_to_ms: exchange ? Date.parse(exchange.to_utc) : los_ms,
  }
}

/** The contact on screen with its frame, its candidate and the mission time. */
export function useLiveSubject() {
  const contacts = useContact()
  const candidates = useCandidates()
  const mission = useMission()
  const clock = useClock()

  const contact = computed(() => contacts.state)
  const candidate = computed<Candidate | null>(() => {
    const { value } = contact
    if (!value) return candidates.next?.candidate ?? null
    return candidates.candidates.find((entry) => isPass(value, entry)) ?? null
  })
  const frame = computed<ContactFrame | null>(() => {
    if (contact.value) return frameOfContact(contact.value)
    if (!candidate.value) return null
    const { satellite, station } = candidate.value.pass
    return frameOfCandidate(candidate.value, {
      satelliteName: mission.satelliteName(satellite),
      stationName: mission.stationName(station),
    })
  })
  const now_ms = computed(() => clock.now_ms ?? NaN)
  const expected_bits = computed(() => candidate.value?.expected_key_bits ?? NaN)
  return { contact, candidate, frame, now_ms, expected_bits }
}
