/** Bench rows of LDPC reconciliation: efficiency, frame errors before blind rounds, iterations, rate of the decoder. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BobFrame } from '../domain/qkd/ldpc/bob-frame'
import { readCodeTable, type CodeTable } from '../domain/qkd/ldpc/code-table'
import { layFrames, type Frame } from '../domain/qkd/ldpc/frame-layout'
import { leakOf, planFrames } from '../domain/qkd/ldpc/frame-plan'
import { KernelDecoder, type LdpcKernel } from '../domain/qkd/ldpc/kernel-decoder'
import { binaryEntropy } from '../domain/qkd/entropy'
import { cpuSeconds, randomBits, type BenchRow } from './bench-row'

export interface LdpcBench {
  /** An instance of the kernel `ldpc`. */
  kernel: LdpcKernel
  /** Folder of the shipped resources. */
  resourcesDir: string
  rates?: number[]
  /** Frames of each error rate. */
  frames?: number
  /** Key bits of a block that the frames are planned for: the longest frames from 240 000 on. */
  blockBits?: number
}

const MOST_ITERATIONS = 80

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
  return rates.map((qber) => {
    const [frame] = layFrames(planFrames(blockBits, qber, codes).slice(0, 1), codes)
    return rowOf(frame, qber, codes, frames, decoder)
  })
}

function rowOf(
  frame: Frame,
  qber: number,
  codes: CodeTable,
  frames: number,
  decoder: KernelDecoder,
): BenchRow {
  const total = { cpu_s: 0, iterations: 0, failed: 0, undetected: 0 }
  for (let i = 0; i < frames; i++) {
    const { alice, bob } = exchange(frame, qber)
    total.cpu_s += cpuSeconds(() => bob.decode(decoder, qber, MOST_ITERATIONS))
    total.iterations += bob.iterations
    if (!bob.solved) total.failed++
    else if (bob.bits.some((bit, place) => bit !== alice[place])) total.undetected++
  }
  const { keyBits } = frame.shape
  const f = leakOf(frame.shape, codes) / (keyBits * binaryEntropy(qber))
  const rate = (frames * keyBits) / total.cpu_s / 1e6
  const fer = total.failed / frames
  const merit = { qber, f, fer, f_fer: (1 - fer) * f + fer / binaryEntropy(qber) }
  const iterations = total.iterations / frames
  const { undetected, cpu_s } = total
  const counts = { frames, key_bits: keyBits, iterations, undetected, cpu_s }
  return { kernel: 'ldpc', n: frame.code.length, rate, unit: 'Mbit/s', ...merit, ...counts }
}

/** A random frame on both sides, errors independent at the given rate, Alice's syndrome at Bob. */
function exchange(frame: Frame, qber: number): { alice: Uint8Array; bob: BobFrame } {
  const { keyBits, punctured } = frame.shape
  const alice = randomBits(keyBits)
  const word = new Uint8Array(frame.code.length)
  const fresh = randomBits(punctured)
  frame.key.forEach((place, i) => (word[place] = alice[i]))
  frame.punctured.forEach((place, i) => (word[place] = fresh[i]))
  const bob = new BobFrame(
    frame,
    alice.map((bit) => bit ^ flipped(qber)),
  )
  bob.takeSyndrome(frame.code.syndrome(word))
  return { alice, bob }
}

let draws = new Uint32Array(0)
let drawn = 0

/** 1 with the given probability, to 2^-32. */
function flipped(probability: number): number {
  if (drawn === draws.length) {
    draws = new Uint32Array(new Uint8Array(randomBytes(1 << 18)).buffer)
    drawn = 0
  }
  return draws[drawn++] < probability * 2 ** 32 ? 1 : 0
}
