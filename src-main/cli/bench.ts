/** `micius bench [KERNEL …]`: size, rate and figure of merit of each kernel, on this machine now. */
import { parseArgs } from 'node:util'
import { benchAmplify } from './bench-amplify'
import { benchKeylength } from './bench-keylength'
import { benchMission } from './bench-mission'
import { benchPasses } from './bench-passes'
import { benchReconcile } from './bench-reconcile'
import type { BenchRow } from './bench-row'
import { benchSimulate } from './bench-simulate'
import { UsageError } from './usage'

const benches: Record<string, () => BenchRow[] | Promise<BenchRow[]>> = {
  passes: benchPasses,
  simulate: benchSimulate,
  reconcile: benchReconcile,
  amplify: benchAmplify,
  keylength: benchKeylength,
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
