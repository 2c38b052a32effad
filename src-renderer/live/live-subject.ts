/** Which contact the live workspace shows: the one that flies or flew last, else the next chosen one. */
import { computed } from 'vue'
import type { Candidate } from '@domain/model/pass'
import { isPairSource } from '@domain/model/payload'
import { isPass, stationsOf } from '../plan/chosen'
import { useCandidates } from '../plan/candidates-store'
import { isNotModelled } from '../plan/pair-candidates'
import { useClock } from '../stores/clock'
import { useContact } from '../stores/contact'
import { useMission } from '../stores/mission'
import { frameOfContact, stationNames, type ContactFrame } from './contact-frame'

/** A candidate's frame; a pass without an exchange shows all of itself. */
export function frameOfCandidate(
  candidate: Candidate,
  names: Pick<ContactFrame, 'satelliteName' | 'stationName' | 'ends'>,
): ContactFrame {
  const { pass, exchange } = candidate
  const [aos_ms, los_ms] = [Date.parse(pass.aos.utc), Date.parse(pass.los.utc)]
  return {
    ...names,
    satellite: pass.satellite,
    station: pass.station,
    stations: stationsOf(candidate),
    aos_ms,
    tca_ms: Date.parse(pass.tca.utc),
    los_ms,
    exchange_from_ms: exchange ? Date.parse(exchange.from_utc) : aos_ms,
    exchange_to_ms: exchange ? Date.parse(exchange.to_utc) : los_ms,
  }
}

/** The modelled key of a candidate, bits; NaN where its yield is not modelled. */
export const expectedBits = (candidate: Candidate | null): number =>
  !candidate || isNotModelled(candidate.whyNoKey) ? NaN : candidate.expected_key_bits

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
    if (contact.value) return frameOfContact(contact.value, stationNames(mission.resolved))
    if (!candidate.value) return null
    const satelliteName = mission.satelliteName(candidate.value.pass.satellite)
    return frameOfCandidate(candidate.value, {
      satelliteName,
      stationName: candidates.placeOf(candidate.value),
      ...(sendsPairs(candidate.value) ? { ends: endsOf(candidate.value, satelliteName) } : {}),
    })
  })
  const sendsPairs = ({ pass }: Candidate): boolean =>
    (mission.resolved?.satellites ?? []).some(
      ({ noradId, payload }) => noradId === pass.satellite && isPairSource(payload),
    )
  /** The satellite measures one photon itself where only one station takes part. */
  function endsOf(pair: Candidate, satelliteName: string): [string, string] {
    const [a = '', b] = stationsOf(pair).map(mission.stationName)
    return b === undefined ? [satelliteName, a] : [a, b]
  }
  const now_ms = computed(() => clock.now_ms ?? NaN)
  const expected_bits = computed(() => expectedBits(candidate.value))
  return { contact, candidate, frame, now_ms, expected_bits }
}
