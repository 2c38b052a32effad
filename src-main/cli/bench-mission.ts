/** The whole example mission, as `micius run` flies it: wall time from file to report, and from LOS to key. */
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
  const marks = new Marks()
  try {
    const { passes } = await runMission({
      resolved,
      resourcesDir,
      missionDir: resourcesDir,
      outDir,
      seed: 1,
      speed: 'max',
      spawn: childEngine(__dirname),
      say: (line) => marks.heard(line),
    })
    const wall_s = (performance.now() - start_ms) / 1000
    const n = passes.reduce((sum, { detections }) => sum + detections, 0)
    const secret_bits = passes.reduce((sum, pass) => sum + pass.secret_bits, 0)
    const whole = { kernel: 'mission', n, rate: n / wall_s, unit: 'detections/s', wall_s }
    const [flagship] = passes
    const key_wall_s = marks.distillation_s()
    const { key_bits_in } = flagship
    return [
      { ...whole, secret_bits },
      {
        kernel: 'los-to-key',
        n: key_bits_in,
        rate: key_bits_in / key_wall_s / 1e6,
        unit: 'Mbit/s',
        wall_s: key_wall_s,
        secret_bits: flagship.secret_bits,
      },
    ]
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}

/** When the first pass began to distil and when it was done, by what the run says. */
class Marks {
  private begun_ms = NaN
  private done_ms = NaN
  private flights = 0

  heard(line: string): void {
    if (line.startsWith('flying')) this.flights += 1
    if (this.flights === 1 && line.includes('phase distil')) this.begun_ms = performance.now()
    if (this.flights === 2 && Number.isNaN(this.done_ms)) this.done_ms = performance.now()
  }

  /** From the end of the exchange to keys in the ledger, wall seconds. */
  distillation_s(): number {
    return (this.done_ms - this.begun_ms) / 1000
  }
}
