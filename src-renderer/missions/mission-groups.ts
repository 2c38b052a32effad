/** Shipped missions in the order in which they are offered, each with one line that says what it shows. */
import type { ShippedMission } from '@domain/model/ipc'
import { missionMessages } from '../messages'

const words = missionMessages.shipped
export type GroupName = keyof typeof words.groups
export interface OfferedMission {
  id: string
  name: string
  shows: string
}
export interface MissionGroup {
  name: GroupName
  missions: OfferedMission[]
}

/** The mission that a first start opens. */
const EXAMPLE = 'xinglong-graz-2016'

/** The group a mission is offered in: drills before faults before fibre, what is left shows a protocol. */
export function groupOf({ id, attacks, faults, links }: ShippedMission): GroupName {
  if (id === EXAMPLE) return 'example'
  if (attacks.length) return 'drills'
  if (faults) return 'faults'
  return links ? 'fibre' : 'protocols'
}

/** What a mission shows: its own line, else what its attack or its kind says. */
function showsOf(mission: ShippedMission): string {
  const own: Partial<Record<string, string>> = words.shows
  const attack = mission.attacks[0]
  const said = own[mission.id] ?? (attack && missionMessages.drill.kinds[attack].text)
  if (said) return said
  if (mission.faults) return words.faultShows
  return mission.links ? words.fibreShows : words.protocolShows(words.protocols[mission.protocol])
}

/** Groups that have missions, each with its missions by name. */
export function missionGroups(shipped: ShippedMission[]): MissionGroup[] {
  const names = Object.keys(words.groups) as GroupName[]
  return names
    .map((name) => ({ name, missions: shipped.filter((mission) => groupOf(mission) === name) }))
    .filter(({ missions }) => missions.length > 0)
    .map(({ name, missions }) => ({
      name,
      missions: missions
        .map((mission) => ({ id: mission.id, name: mission.mission, shows: showsOf(mission) }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    }))
}
