/**
 * Bench rows of LDPC reconciliation: efficiency, frame errors before blind rounds, iterations, rate of the decoder,
 * and its time as a multiple of the C twin's. Frames are random, their errors independent.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { binaryEntropy } from '../domain/qkd/entropy'
import { readCodeTable } from '../domain/qkd/ldpc/code-table'
import { priorOf } from '../domain/qkd/ldpc/frame-decoder'
import { layFrames, type Frame } from '../domain/qkd/ldpc/frame-layout'
import { leakOf, planFrames } from '../domain/qkd/ldpc/frame-plan'
import { KernelDecoder, type LdpcKernel } from '../domain/qkd/ldpc/kernel-decoder'
import { nativeLdpcSeconds, withNativeLdpc, type NativeTask } from './bench-ldpc-native'
import { cpuSeconds, randomBits, type BenchRow } from './bench-row'

export interface LdpcBench {
  /** An instance of the kernel `ldpc`. */
  kernel: LdpcKernel
  /** Folder of the shipped resources. */
  resourcesDir: string
  rates?: number[]
  /** Frames of each error rate; 2500 of each show that none in 10,000 is wrong without notice. */
  frames?: number
  /** Block that the frames are planned for; from 250,000 bits on they are the longest. */
  blockBits?: number
}

const MOST_ITERATIONS = 80
const NATIVE_RUNS = 5
const WARM_UP = 3

/** First attempts alone, at the efficiency that the plan starts with; one thread, CPU time of decoding. */
export function benchLdpc({
  kernel,
  resourcesDir,
  rates = [0.02, 0.03, 0.04, 0.05],
  frames = 20,
  blockBits = 1_000_000,
}: LdpcBench): BenchRow[] {
  const path = join(resourcesDir, 'codes', 'ldpc.json')
  const codes = readCodeTable(JSON.parse(readFileSync(path, 'utf8')))
  const decoder = new KernelDecoder(kernel)
  return withNativeLdpc((program) =>
    rates.map((qber) => {
      const [shape] = planFrames(blockBits, qber, codes)
      const [frame] = layFrames([shape], codes)
      const f = leakOf(shape, codes) / (shape.keyBits * binaryEntropy(qber))
      return rowOf({ frame, qber, f, frames, decoder, program })
    }),
  )
}

interface Measurement {
  frame: Frame
  qber: number
  f: number
  frames: number
  decoder: KernelDecoder
  program: string | undefined
}

function rowOf({ frame, qber, f, frames, decoder, program }: Measurement): BenchRow {
  // The first frames meet code that the engine has not optimised yet.
  for (let i = 0; i < WARM_UP; i++) decodeOne(frame, qber, decoder)
  const tries = Array.from({ length: frames }, () => decodeOne(frame, qber, decoder))
  const mean = (merit: (one: Try) => number) =>
    tries.reduce((sum, one) => sum + merit(one), 0) / frames
  const fer = mean((one) => (one.done ? 0 : 1))
  const cpu_s = mean((one) => one.cpu_s)
  const { keyBits } = frame.shape
  return {
    kernel: 'ldpc',
    n: frame.code.length,
    rate: keyBits / cpu_s / 1e6,
    unit: 'Mbit/s',
    qber,
    f,
    fer,
    // A failed frame counted as wholly leaked.
    f_fer: (1 - fer) * f + fer / binaryEntropy(qber),
    frames,
    undetected: frames * mean((one) => (one.done && one.wrong ? 1 : 0)),
    key_bits: keyBits,
    iterations: mean((one) => one.iterations),
    cpu_s,
    fastest_Mbit_s: Math.max(...tries.map((one) => keyBits / one.cpu_s / 1e6)),
    ...(program ? { ratio_to_c: ratioToC(program, frame, qber, decoder) } : {}),
  }
}

interface Try {
  done: boolean
  wrong: boolean
  iterations: number
  cpu_s: number
}

function decodeOne(frame: Frame, qber: number, decoder: KernelDecoder): Try {
  const { totals, syndrome, errors } = randomFrame(frame, qber)
  let iterations = 0
  const cpu_s = cpuSeconds(() => {
    iterations = decoder.decode(frame.code, totals, syndrome, MOST_ITERATIONS)
  })
  const done = iterations >= 0
  const wrong = errors.some((error, place) => error !== Number(totals[place] < 0))
  return { done, wrong, iterations: done ? iterations : MOST_ITERATIONS, cpu_s }
}

/** The same frame by both, fastest of a few runs each. */
function ratioToC(program: string, frame: Frame, qber: number, decoder: KernelDecoder): number {
  const { totals, syndrome } = randomFrame(frame, qber)
  let decided = totals
  const times = Array.from({ length: NATIVE_RUNS }, () => {
    decided = totals.slice()
    return cpuSeconds(() => decoder.decode(frame.code, decided, syndrome, MOST_ITERATIONS))
  })
  const task: NativeTask = { code: frame.code, totals, syndrome, most: MOST_ITERATIONS, decided }
  return Math.min(...times) / nativeLdpcSeconds(program, task, NATIVE_RUNS)
}

/** Errors of a frame and what the decoder gets: punctured bits unknown, shortened ones certain. */
function randomFrame({ code, key, punctured }: Frame, qber: number) {
  const errors = new Uint8Array(code.length)
  const totals = new Int16Array(code.length).fill(priorOf(0))
  const draws = new Uint32Array(new Uint8Array(randomBytes(4 * key.length)).buffer)
  const fresh = randomBits(punctured.length)
  key.forEach((place, i) => {
    errors[place] = draws[i] < qber * 2 ** 32 ? 1 : 0
    totals[place] = priorOf(qber)
  })
  punctured.forEach((place, i) => {
    errors[place] = fresh[i]
    totals[place] = 0
  })
  return { errors, totals, syndrome: code.syndrome(errors) }
}
