/** Pass finding: the shipped satellite over every shipped station for 14 days. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { stationSchema } from '../domain/model/station'
import { radians } from '../domain/model/units'
import { elementsCatalogue } from '../domain/orbit/catalogue'
import { findPasses } from '../domain/orbit/passes'
import type { BenchRow } from './bench-row'
import { projectDir } from './project-dir'

const DAYS = 14
const FROM_MS = Date.UTC(2016, 11, 19)

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(projectDir(), 'resources', name), 'utf8')) as unknown

/** Passes found a CPU second, 10 deg minimum elevation. @throws Error when a shipped file is missing. */
export function benchPasses(): BenchRow[] {
  const record = elementsCatalogue(read('elements/micius.json')).find(
    ({ id }) => id === 'micius-2016-12-19',
  )
  if (!record) throw new Error('The shipped elements micius-2016-12-19 are missing.')
  const stations = z.array(stationSchema).parse(read('stations/stations.json'))
  const to_ms = FROM_MS + DAYS * 86_400_000
  const start = process.cpuUsage()
  let passes = 0
  for (const station of stations)
    passes += findPasses({
      elements: record.elements,
      station,
      from_ms: FROM_MS,
      to_ms,
      minElevation_rad: radians(10),
    }).length
  const { user, system } = process.cpuUsage(start)
  const cpu_s = (user + system) / 1e6
  return [
    {
      kernel: 'passes',
      n: passes,
      rate: passes / cpu_s,
      unit: 'passes/s',
      stations: stations.length,
      days: DAYS,
      cpu_s,
    },
  ]
}
