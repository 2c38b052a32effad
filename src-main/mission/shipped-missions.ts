/** The missions that come with the program: the example, one for each protocol, one for each drill. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ShippedMission } from '../domain/model/ipc'
import type { Mission } from '../domain/model/mission'
import { MissionError } from './desk'
import { readMission } from './mission-file'

export interface ShippedFile {
  about: ShippedMission
  mission: Mission
}

/** @throws MissionError when a shipped file is damaged. */
export function readShipped(resourcesDir: string): ShippedFile[] {
  const folder = join(resourcesDir, 'missions')
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.sort().map((name) => {
    const mission = readMission(readFileSync(join(folder, name), 'utf8'), name)
    return { about: aboutOf(name.slice(0, -5), mission), mission }
  })
}

/** @throws MissionError when there is none of that id. */
export function shippedMission(resourcesDir: string, id: string): Mission {
  const files = readShipped(resourcesDir)
  const found = files.find(({ about }) => about.id === id)
  if (found) return found.mission
  throw new MissionError({
    severity: 'serious',
    text: `There is no shipped mission ${id}.`,
    wayOut: `Known are ${files.map(({ about }) => about.id).join(', ')}.`,
  })
}

function aboutOf(id: string, { mission, exchange, attacks, links, faults, channel }: Mission) {
  const { clock_drift, clock_offset_ms, lost_sync, cloud } = faults
  const hasFaults = [clock_drift, clock_offset_ms, lost_sync, cloud.length].some((one) => one !== 0)
  return {
    id,
    mission,
    protocol: exchange.protocol,
    attacks: attacks.map(({ kind }) => kind),
    links: links.length > 0,
    faults: hasFaults || Object.values(channel).some((one) => one > 0),
  }
}
