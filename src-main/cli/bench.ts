/** `micius bench [KERNEL …]`: size, rate and figure of merit of each kernel, on this machine now. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { LdpcKernel } from '../domain/qkd/ldpc/kernel-decoder'
import { kernelDirOf, loadKernel } from '../engine/kernels'
import { benchAmplify } from './bench-amplify'
import { benchKeylength } from './bench-keylength'
import { benchLdpc } from './bench-ldpc'
import { benchMission } from './bench-mission'
import { benchOptimise } from './bench-optimise'
import { benchPasses } from './bench-passes'
import { benchReconcile } from './bench-reconcile'
import type { BenchRow } from './bench-row'
import { benchSimulate } from './bench-simulate'
import { benchTags } from './bench-tags'
import { projectDir } from './project-dir'
import { UsageError } from './usage'

/** The decoder as it is shipped: its kernel and its table of codes. */
function shippedLdpc(): BenchRow[] {
  const kernel = loadKernel<LdpcKernel>(kernelDirOf(__dirname), 'ldpc')
  return benchLdpc({ kernel, resourcesDir: join(projectDir(), 'resources') })
}

const benches: Record<string, () => BenchRow[] | Promise<BenchRow[]>> = {
  passes: benchPasses,
  simulate: benchSimulate,
  reconcile: benchReconcile,
  ldpc: shippedLdpc,
  amplify: benchAmplify,
  keylength: benchKeylength,
  optimise: benchOptimise,
  tags: benchTags,
  mission: benchMission,
}

const help = `micius bench [${Object.keys(benches).join('|')} …] [--json]
  Rates in this process, one thread; figures vary with the machine and its load.
`

/** @returns the exit code. */
export async function benchCommand(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  const names = positionals.length > 0 ? positionals : Object.keys(benches)
  const rows: BenchRow[] = []
  for (const name of names) rows.push(...(await run(name)))
  process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : `${rows.map(line).join('\n')}\n`)
  return 0
}

async function run(name: string): Promise<BenchRow[]> {
  if (!Object.hasOwn(benches, name))
    throw new UsageError(`bench ${name}: known are ${Object.keys(benches).join(', ')}`)
  process.stderr.write(`measuring ${name}\n`)
  return benches[name]()
}

function line({ kernel, n, rate, unit, ...merit }: BenchRow): string {
  const figures = Object.entries(merit).map(([name, value]) => `${name} ${value}`)
  return [kernel.padEnd(12), `n ${n}`, `${rate.toPrecision(4)} ${unit}`, ...figures].join('  ')
}
