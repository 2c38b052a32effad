/** What a mission's parts say of each other must fit: names, holders and times. */
import { satelliteName } from '../domain/model/elements'
import type { Protocol } from '../domain/model/mission'
import { proofsFor } from '../domain/model/proof'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { parseUtc } from '../domain/model/time'
import { nearestName } from './nearest-name'
import { wrong } from './resolve-record'

/** Contacts, requests and uses may only name what the mission has. @throws MissionError */
export function checkReferences(resolved: ResolvedMission): void {
  const { contacts, requests, uses, links, attacks, exchange } = resolved.mission
  const stations = resolved.stations.map((station) => station.id)
  const places = [...new Set([...stations, ...links.flatMap(({ a, b }) => [a, b])])]
  contacts.forEach(({ station, stations: pair, satellite }, i) => {
    if (station !== undefined) checkPlace(stations, `contacts.${i}.station`, station)
    pair?.forEach((id, end) => checkPlace(stations, `contacts.${i}.stations.${end}`, id))
    checkSatellite(resolved, `contacts.${i}.satellite`, satellite)
    if (pair) checkPair(exchange.protocol, `contacts.${i}.stations`, pair)
  })
  requests.forEach(({ a, b }, i) => {
    checkPlace(places, `requests.${i}.a`, a)
    checkPlace(places, `requests.${i}.b`, b)
  })
  uses.forEach(({ from, to }, i) => {
    checkPlace(places, `uses.${i}.from`, from)
    checkPlace(places, `uses.${i}.to`, to)
  })
  attacks.forEach(({ station }, i) => {
    if (station !== undefined) checkPlace(places, `attacks.${i}.station`, station)
  })
}

/** A place is a station or, for requests and uses, a city at the end of a fibre. */
function checkPlace(known: string[], place: string, id: string): void {
  if (known.includes(id)) return
  const near = nearestName(id, known)
  throw wrong(
    `${place} is "${id}", which is not among the mission's stations and cities.`,
    near ? `Did you mean "${near}"?` : `Known are ${known.join(', ')}.`,
  )
}

/** A link joins two places, and no two links the same ones. @throws MissionError */
export function checkLinks({ mission }: ResolvedMission): void {
  const seen = new Map<string, number>()
  mission.links.forEach(({ a, b }, i) => {
    if (a === b) throw wrong(`links.${i} leads from ${a} to itself.`, 'Name two places.')
    const ends = [a, b].sort().join(' ')
    const before = seen.get(ends)
    if (before !== undefined)
      throw wrong(`links.${i} joins ${a} and ${b}, as links.${before} does.`, 'Remove one of them.')
    seen.set(ends, i)
  })
}

/** A bound belongs to a protocol. @throws MissionError */
export function checkProof({ mission }: ResolvedMission): void {
  const { exchange, security } = mission
  const fitting: readonly string[] = proofsFor(exchange.protocol)
  if (security.proof === undefined || fitting.includes(security.proof)) return
  throw wrong(
    `security.proof is "${security.proof}", which is no bound for ${exchange.protocol}.`,
    `Give ${fitting.join(', ')}, or leave it out.`,
  )
}

/** Only photon pairs reach two stations at once, and two ends are two places. */
function checkPair(protocol: Protocol, place: string, [a, b]: [string, string]): void {
  if (a === b) throw wrong(`${place} names ${a} twice.`, 'Name two stations.')
  if (protocol === 'bbm92' || protocol === 'e91') return
  throw wrong(
    `${place} names two stations, but ${protocol} serves one at a time.`,
    'Give "station", or the protocol bbm92 or e91.',
  )
}

function checkSatellite({ satellites }: ResolvedMission, place: string, noradId: number): void {
  const known = satellites.map((satellite) => satellite.noradId)
  if (known.includes(noradId)) return
  throw wrong(
    `${place} is ${noradId}, which the mission does not have.`,
    `Satellites are ${known.join(', ')}.`,
  )
}

/** Elements and re-entry are judged for the clock: nothing may be flown outside of it. @throws MissionError */
export function checkContactTimes({ mission, start_ms, end_ms }: ResolvedMission): void {
  const { start, end } = mission.clock
  mission.contacts.forEach(({ near_utc }, i) => {
    const near_ms = parseUtc(near_utc)
    if (near_ms >= start_ms && near_ms <= end_ms) return
    throw wrong(
      `contacts.${i}.near_utc ${near_utc} lies outside the mission's clock, ${start} to ${end}.`,
      'Move the contact or widen the clock.',
    )
  })
}

/** Keys are kept under these names: no two holders may share one. @throws MissionError */
export function checkHolders({ satellites, stations }: ResolvedMission): void {
  const names = [
    ...satellites.map(({ record }) => satelliteName(record)),
    ...stations.map((s) => s.id),
  ]
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice === undefined) return
  throw wrong(
    `satellites and stations: "${twice}" names two of them, and keys are kept by name.`,
    'Give one of them another name.',
  )
}
