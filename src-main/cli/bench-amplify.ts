/**
 * Bench rows of privacy amplification, 10^5 to 10^8 bits in, a third of them out. Each size runs in a process of its
 * own, so that its memory can be told; all work that the engine would do is in the time.
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { amplifyPacked } from '../domain/qkd/toeplitz-amplify'
import type { GuardedHash, ToeplitzKernel } from '../domain/qkd/toeplitz-kernel'
import { transformSize } from '../domain/qkd/toeplitz-plan'
import { kernelDirOf, loadKernel } from '../engine/kernels'
import { nativeSeconds, withNativeTwin, type HashTask } from './bench-amplify-native'
import { cpuSeconds, type BenchRow } from './bench-row'

/** Bits in, and runs of which the fastest counts. */
const SIZES = [
  [1e5, 300],
  [1e6, 40],
  [1e7, 5],
  [1e8, 2],
]
/** The plain twin takes minutes for more. */
const TWIN_MOST_BITS = 1e7
/** Tells a child process its size, its runs and the C twin. */
const SIZE_VARIABLE = 'MICIUS_BENCH_AMPLIFY'

/** Rate, memory, rounding, and time as a multiple of the C twin's and of the plain twin's. */
export function benchAmplify(): BenchRow[] {
  const asked = process.env[SIZE_VARIABLE]
  if (asked !== undefined) {
    const [n, runs, program] = JSON.parse(asked) as [number, number, string | null]
    return [measure(n, runs, program ?? undefined)]
  }
  return withNativeTwin((program) => SIZES.flatMap(([n, runs]) => inChild(n, runs, program)))
}

function inChild(n: number, runs: number, program: string | undefined): BenchRow[] {
  const asked = JSON.stringify([n, runs, program ?? null])
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [process.argv[1], 'bench', 'amplify', '--json'],
    { env: { ...process.env, [SIZE_VARIABLE]: asked }, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`bench amplify: ${n} bits failed: ${stderr}`)
  return JSON.parse(stdout) as BenchRow[]
}

function measure(n: number, runs: number, program: string | undefined): BenchRow {
  const m = Math.floor(n / 3)
  const [x, seed] = [packedBits(n), packedBits(n + m - 1)]
  const task: HashTask = { n, m, x, seed, ...transformSize(n, m) }
  const kernel = loadKernel<ToeplitzKernel>(kernelDirOf(__dirname), 'toeplitz')
  const byKernel = fastest(task, runs, kernel)
  const memory_MB = peakMemory_MB()
  const native_s = program ? nativeSeconds(program, task, byKernel.hash.y, runs) : undefined
  const twin_s = n > TWIN_MOST_BITS ? undefined : twinSeconds(task, byKernel.hash.y)
  const { cpu_s, hash } = byKernel
  return {
    kernel: 'toeplitz',
    n,
    rate: n / cpu_s / 1e6,
    unit: 'Mbit/s',
    m,
    cpu_s,
    way: hash.way,
    rounding: hash.rounding,
    ...(memory_MB === undefined ? {} : { memory_MB }),
    ...(native_s === undefined ? {} : { ratio_to_c: cpu_s / native_s }),
    ...(twin_s === undefined ? {} : { ratio_to_twin: twin_s / cpu_s }),
  }
}

function fastest({ x, n, seed, m }: HashTask, runs: number, kernel?: ToeplitzKernel) {
  let cpu_s = Infinity
  let hash: GuardedHash | undefined
  for (let run = 0; run < runs || !hash; run++) {
    cpu_s = Math.min(
      cpu_s,
      cpuSeconds(() => (hash = amplifyPacked(x, n, seed, m, kernel))),
    )
  }
  return { cpu_s, hash }
}

/** @throws when the plain twin gives another hash. */
function twinSeconds(task: HashTask, y: Uint8Array): number {
  const { cpu_s, hash } = fastest(task, 2)
  if (Buffer.compare(hash.y, y) === 0) return cpu_s
  throw new Error(`bench amplify: kernel and plain twin differ at ${task.n} bits`)
}

/** Bits of the operating system's generator, packed and zero padded. */
function packedBits(count: number): Uint8Array {
  const bytes = new Uint8Array(randomBytes(Math.ceil(count / 8)))
  if (count % 8) bytes[bytes.length - 1] &= 0xff << (8 - (count % 8))
  return bytes
}

/** Most memory this process has had resident, where the system tells. */
function peakMemory_MB(): number | undefined {
  const path = '/proc/self/status'
  const kB = existsSync(path) && /VmHWM:\s+(\d+) kB/.exec(readFileSync(path, 'utf8'))?.[1]
  return kB ? (Number(kB) * 1024) / 1e6 : undefined
}
