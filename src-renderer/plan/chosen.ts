/** Which candidates the mission's contacts name (contract: the pass whose TCA is nearest), and in what state. */
import type { ContactState } from '@domain/model/ipc'
import { contactStations } from '@domain/model/mission'
import type { ContactRequest } from '@domain/model/mission'
import type { Candidate } from '@domain/model/pass'

export type CandidateState = 'candidate' | 'chosen' | 'executing' | 'held' | 'complete' | 'failed'

const tca_ms = (candidate: Candidate): number => Date.parse(candidate.pass.tca.utc)

/** The stations that take part: one, or the two of an entangled contact. */
export const stationsOf = ({ pass, stations }: Candidate): readonly string[] =>
  stations ?? [pass.station]

const sameStations = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id))

/** The candidate a contact names, of the same satellite and stations; undefined when there is none. */
export function namedBy(contact: ContactRequest, candidates: Candidate[]): Candidate | undefined {
  const near_ms = Date.parse(contact.near_utc)
  const stations = contactStations(contact)
  const distance = (candidate: Candidate): number => Math.abs(tca_ms(candidate) - near_ms)
  return candidates
    .filter(({ pass }) => pass.satellite === contact.satellite)
    .filter((candidate) => sameStations(stationsOf(candidate), stations))
    .reduce<Candidate | undefined>(
      (best, next) => (!best || distance(next) < distance(best) ? next : best),
      undefined,
    )
}

/** Ids of the chosen passes. */
export const chosenIds = (contacts: ContactRequest[], candidates: Candidate[]): Set<string> =>
  new Set(
    contacts.flatMap((contact) => {
      const candidate = namedBy(contact, candidates)
      return candidate ? [candidate.pass.id] : []
    }),
  )

/** A contact request for a candidate; with a speed it is a flight order. */
export const requestFor = ({ pass, stations }: Candidate): ContactRequest => ({
  satellite: pass.satellite,
  ...(stations ? { stations } : { station: pass.station }),
  near_utc: pass.tca.utc,
})

/** The contacts after choosing a candidate, or after releasing one that is chosen; in time order. */
export function toggled(
  contacts: ContactRequest[],
  candidate: Candidate,
  candidates: Candidate[],
): ContactRequest[] {
  const others = contacts.filter(
    (contact) => namedBy(contact, candidates)?.pass.id !== candidate.pass.id,
  )
  const next = others.length < contacts.length ? others : [...others, requestFor(candidate)]
  return next.sort((a, b) => Date.parse(a.near_utc) - Date.parse(b.near_utc))
}

/** A minute: the engine's TCA and the planner's are the same to well below it, the next pass is an hour away. */
const SAME_PASS_MS = 60_000
/** Whether a flown contact is this pass. */
export const isPass = (contact: ContactState, candidate: Candidate): boolean =>
  contact.satellite === candidate.pass.satellite &&
  isAt(contact, candidate) &&
  Math.abs(Date.parse(contact.tca_utc) - tca_ms(candidate)) < SAME_PASS_MS

/** A contact measured on board has the satellite for its other end. */
const isAt = ({ station, ends, satelliteName }: ContactState, candidate: Candidate): boolean =>
  candidate.stations
    ? ends !== undefined && sameStations(ends, candidate.stations)
    : station === candidate.pass.station && (!ends || ends.includes(satelliteName))

/** What to call a contact that was flown. */
export function flownState(contact: ContactState): CandidateState {
  if (contact.outcome === 'running') return 'executing'
  if (contact.outcome === 'held') return 'held'
  return contact.outcome === 'complete' ? 'complete' : 'failed'
}

/** How many chosen contacts of one satellite overlap each chosen one, itself included. */
export function overlaps(chosen: Candidate[]): Map<string, number> {
  const together = (a: Candidate, b: Candidate): boolean =>
    a.pass.satellite === b.pass.satellite &&
    a.pass.aos.utc < b.pass.los.utc &&
    b.pass.aos.utc < a.pass.los.utc
  return new Map(
    chosen.map((one) => [one.pass.id, chosen.filter((other) => together(one, other)).length]),
  )
}
