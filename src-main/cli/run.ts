/** `micius run MISSION.json --out DIR`: a whole mission in rehearsal time. */
import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { MissionReport } from '../domain/model/report'
import { CatalogueStore } from '../mission/catalogue'
import { readMission } from '../mission/mission-file'
import { folderOf, PassFailed, runMission } from '../mission/mission-run'
import { resolveMission } from '../mission/resolve-mission'
import { childEngine } from './engine-child'
import { keyReport } from './key-report'
import { projectDir } from './project-dir'
import { refuse, UsageError } from './usage'

export const runHelp = `micius run MISSION.json --out DIR [--seed N] [--speed max|1..1000] [--json]
  Finds, flies, distils, relays and uses, in rehearsal time. Writes DIR/report.json, one .mcap a pass and
  the encrypted ledger (its key beside it, marked rehearsal).
`

interface RunArguments {
  file: string
  out: string
  seed: number
  speed: number | 'max'
  json: boolean
}

function readArguments(argv: string[]): RunArguments {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      seed: { type: 'string', default: '1' },
      speed: { type: 'string', default: 'max' },
      json: { type: 'boolean', default: false },
    },
  })
  if (positionals.length !== 1)
    throw new UsageError(`run takes one mission file, ${positionals.length} were given`)
  if (!values.out) throw new UsageError('run needs --out DIR, the folder for report and recordings')
  const seed = values.seed.trim() === '' ? NaN : Number(values.seed)
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new UsageError(`--seed ${values.seed}: a whole number from 0 to 4294967295 is right`)
  return {
    file: positionals[0],
    out: values.out,
    seed,
    speed: readSpeed(values.speed),
    json: values.json,
  }
}

function readSpeed(text: string): number | 'max' {
  if (text === 'max') return 'max'
  const speed = Number(text)
  if (speed >= 1 && speed <= 1000) return speed
  throw new UsageError(`--speed ${text}: max or a number from 1 to 1000 is right`)
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`
    throw new UsageError(`${path}: ${why}; give a mission file`)
  }
}

/** @returns the exit code: 0 done, 1 the work failed, 2 bad usage or bad input. */
export async function runCommand(argv: string[]): Promise<number> {
  if (argv.includes('--help')) {
    process.stdout.write(runHelp)
    return 0
  }
  const given = readArguments(argv)
  const resourcesDir = join(projectDir(), 'resources')
  const catalogue = new CatalogueStore(resourcesDir).view()
  const name = basename(given.file)
  const mission = readMission(readFile(given.file), name)
  const { resolved, notices } = resolveMission(mission, catalogue, name)
  for (const notice of notices) process.stderr.write(`note: ${notice.text}\n`)
  try {
    const report = await runMission({
      resolved,
      resourcesDir,
      missionDir: folderOf(given.file),
      outDir: resolve(given.out),
      seed: given.seed,
      speed: given.speed,
      spawn: childEngine(__dirname),
      say: (line) => process.stderr.write(`${line}\n`),
    })
    print(report, given.json)
    return 0
  } catch (error) {
    if (!(error instanceof PassFailed)) throw error
    refuse(error.message)
    return 1
  }
}

function print(report: MissionReport, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : keyReport(report))
}
