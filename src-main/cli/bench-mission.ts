/** The whole example mission, as `micius run` flies it: wall time from mission file to report. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CatalogueStore } from '../mission/catalogue'
import { readMission } from '../mission/mission-file'
import { runMission } from '../mission/mission-run'
import { resolveMission } from '../mission/resolve-mission'
import type { BenchRow } from './bench-row'
import { childEngine } from './engine-child'
import { projectDir } from './project-dir'

const EXAMPLE = 'missions/xinglong-graz-2016.json'

/** Detections a wall second over the whole mission; its files are removed again. @throws PassFailed */
export async function benchMission(): Promise<BenchRow[]> {
  const resourcesDir = join(projectDir(), 'resources')
  const mission = readMission(readFileSync(join(resourcesDir, EXAMPLE), 'utf8'), EXAMPLE)
  const { resolved } = resolveMission(mission, new CatalogueStore(resourcesDir).view())
  const outDir = mkdtempSync(join(tmpdir(), 'micius-bench-'))
  const start_ms = performance.now()
  try {
    const { passes } = await runMission({
      resolved,
      resourcesDir,
      missionDir: resourcesDir,
      outDir,
      seed: 1,
      speed: 'max',
      spawn: childEngine(__dirname),
      say: () => undefined,
    })
    const wall_s = (performance.now() - start_ms) / 1000
    const n = passes.reduce((sum, { detections }) => sum + detections, 0)
    const secret_bits = passes.reduce((sum, pass) => sum + pass.secret_bits, 0)
    return [{ kernel: 'mission', n, rate: n / wall_s, unit: 'detections/s', wall_s, secret_bits }]
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}
