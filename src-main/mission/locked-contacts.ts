/** Which contacts a mission flies: its locked ones, or the best night pair for its first request. */
import type { ContactRequest } from '../domain/model/mission'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { bestNightPair } from '../domain/plan/best-pair'
import { planCandidates } from '../domain/plan/candidate'
import { MissionError } from './desk'

/** @throws MissionError when nothing is locked and no night pair has key. */
export function contactsToFly(resolved: ResolvedMission): ContactRequest[] {
  const { contacts, requests } = resolved.mission
  if (contacts.length > 0) return contacts
  const request = requests[0]
  if (!request) throw none('it locks no contact and requests no key', 'Add a contact or a request.')
  const pair = bestNightPair(planCandidates(resolved), request.a, request.b)
  if (!pair)
    throw none(
      `no night pass with key was found over both ${request.a} and ${request.b}`,
      'Widen the clock or choose other stations.',
    )
  return pair.map(({ pass }) => ({
    satellite: pass.satellite,
    station: pass.station,
    near_utc: pass.tca.utc,
  }))
}

const none = (text: string, wayOut: string): MissionError =>
  new MissionError({
    severity: 'serious',
    text: `The mission has nothing to fly: ${text}.`,
    wayOut,
  })
