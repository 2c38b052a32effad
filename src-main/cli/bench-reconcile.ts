/** Bench rows of Cascade: rate, efficiency, frame errors and rounds, beside its C and its plain twin. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { CascadeAlice } from '../domain/qkd/cascade-alice'
import { CascadeBob } from '../domain/qkd/cascade-bob'
import type { CascadeKernel } from '../domain/qkd/cascade-kernel'
import { blockLengths } from '../domain/qkd/cascade-schedule'
import { binaryEntropy } from '../domain/qkd/entropy'
import { loadKernel } from '../engine/kernels'
import { buildCTwin, type CTwin } from './bench-c-twin'
import { cpuSeconds, randomBits, type BenchRow } from './bench-row'
import { projectDir } from './project-dir'

/** One instance a party, as in the engine. */
interface Kernels {
  alice?: CascadeKernel
  bob?: CascadeKernel
}

interface Run {
  cpu_s: number
  disclosed: number
  /** n h(q) at the true number of errors. */
  limit: number
  rounds: number
  failed: boolean
}

const TWIN_FRAMES = 2
const TURN_FRAMES = 5
/** Frames of the row that sends many in one message. */
const TOGETHER = 8

/**
 * Cascade on frames of n bits, both sides in one thread, at several error rates; the rate is that of the fastest
 * frame, f is pooled over all frames against the true error rates, frame errors are counted before any retry.
 */
export function benchReconcile(
  n = 2 ** 20,
  rates = [0.01, 0.02, 0.03, 0.05],
  frames = 20,
): BenchRow[] {
  const kernels = { alice: cascadeKernel(), bob: cascadeKernel() }
  const cTwin = buildCTwin('cascade')
  let rows: BenchRow[]
  try {
    rows = rates.map((qber) => measured(n, qber, frames, kernels, cTwin))
  } finally {
    cTwin?.remove()
  }
  const together = repeated(2, TOGETHER * n, rates[0], kernels)
  return [...rows, summary('cascade-together', TOGETHER * n, rates[0], together)]
}

/** One row; kernel and C twin take turns, so that both meet the same load of the machine. */
function measured(n: number, qber: number, frames: number, kernels: Kernels, cTwin: CTwin | null) {
  const runs: Run[] = []
  const c_s: number[] = []
  while (runs.length < frames) {
    runs.push(...repeated(Math.min(TURN_FRAMES, frames - runs.length), n, qber, kernels))
    if (cTwin) c_s.push(cSeconds(cTwin, n, qber, TURN_FRAMES))
  }
  const row = summary('cascade', n, qber, runs)
  const ratio_to_twin = fastest(repeated(TWIN_FRAMES, n, qber, {})) / row.cpu_s
  return { ...row, ratio_to_twin, ...(cTwin && { ratio_to_c: row.cpu_s / Math.min(...c_s) }) }
}

function summary(kernel: string, n: number, qber: number, runs: Run[]) {
  const sum = (value: (run: Run) => number) => runs.reduce((total, run) => total + value(run), 0)
  const cpu_s = fastest(runs)
  return {
    ...{ kernel, n, rate: n / cpu_s / 1e6, unit: 'Mbit/s', cpu_s, qber },
    f: sum(({ disclosed }) => disclosed) / sum(({ limit }) => limit),
    frames: runs.length,
    frame_errors: sum(({ failed }) => Number(failed)),
    rounds: sum(({ rounds }) => rounds) / runs.length,
  }
}

const fastest = (runs: Run[]): number => Math.min(...runs.map(({ cpu_s }) => cpu_s))

const repeated = (frames: number, n: number, qber: number, kernels: Kernels): Run[] =>
  Array.from({ length: frames }, () => reconcile(n, qber, kernels))

/** One key from both sides' bits to Bob's corrected key, and erased. */
function reconcile(n: number, qber: number, kernels: Kernels): Run {
  const bits = randomBits(n)
  const noisy = withErrors(bits, qber)
  const errors = differing(noisy, bits)
  const seed = new Uint32Array(4).map(() => randomBytes(4).readUInt32LE())
  const limit = n * binaryEntropy(errors / n)
  let [disclosed, rounds] = [0, 0]
  const corrected = new Uint8Array(n)
  const cpu_s = cpuSeconds(() => {
    const alice = new CascadeAlice(bits, kernels.alice)
    const bob = new CascadeBob(noisy, { errorRate: qber, seed }, kernels.bob)
    for (let request = bob.next(); request; request = bob.next(), rounds++) {
      bob.accept(alice.answer(request))
    }
    corrected.set(bob.corrected())
    disclosed = alice.disclosed
    for (const side of [alice, bob]) side.erase()
  })
  return { cpu_s, disclosed, rounds, limit, failed: differing(corrected, bits) > 0 }
}

function cSeconds(twin: CTwin, n: number, qber: number, frames: number): number {
  return Number(twin.run(n, qber, frames, ...blockLengths(n, qber)).split(' ')[0])
}

const cascadeKernel = (): CascadeKernel =>
  loadKernel<CascadeKernel>(join(projectDir(), 'out', 'kernels'), 'cascade')

/** A copy with each bit flipped at the given probability. */
function withErrors(bits: Uint8Array, probability: number): Uint8Array {
  const words = new Uint32Array(randomBytes(4 * bits.length).buffer)
  return bits.map((bit, i) => (words[i] < probability * 2 ** 32 ? bit ^ 1 : bit))
}

function differing(a: Uint8Array, b: Uint8Array): number {
  let count = 0
  for (let i = 0; i < a.length; i++) count += a[i] ^ b[i]
  return count
}
