/** What a mission's parts say of each other must fit: names, holders and times. */
import { satelliteName } from '../domain/model/elements'
import type { ResolvedMission } from '../domain/model/resolved-mission'
import { parseUtc } from '../domain/model/time'
import { nearestName } from './nearest-name'
import { wrong } from './resolve-record'

/** Contacts, requests and uses may only name what the mission has. @throws MissionError */
export function checkReferences(resolved: ResolvedMission): void {
  const { contacts, requests, uses } = resolved.mission
  contacts.forEach(({ station, satellite }, i) => {
    checkStation(resolved, `contacts.${i}.station`, station)
    checkSatellite(resolved, `contacts.${i}.satellite`, satellite)
  })
  requests.forEach(({ a, b }, i) => {
    checkStation(resolved, `requests.${i}.a`, a)
    checkStation(resolved, `requests.${i}.b`, b)
  })
  uses.forEach(({ from, to }, i) => {
    checkStation(resolved, `uses.${i}.from`, from)
    checkStation(resolved, `uses.${i}.to`, to)
  })
}

function checkStation({ stations }: ResolvedMission, place: string, id: string): void {
  const known = stations.map((station) => station.id)
  if (known.includes(id)) return
  const near = nearestName(id, known)
  throw wrong(
    `${place} is "${id}", which is not among the mission's stations.`,
    near ? `Did you mean "${near}"?` : `Stations are ${known.join(', ')}.`,
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
