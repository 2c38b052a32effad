/** Bench rows of distillation: reconciliation, privacy amplification, finite-key length. */
import { randomBytes } from 'node:crypto'
import { unpackBits } from '../domain/qkd/bits'
import { CascadeAlice } from '../domain/qkd/cascade-alice'
import { CascadeBob } from '../domain/qkd/cascade-bob'
import { binaryEntropy } from '../domain/qkd/entropy'
import { toeplitzHash } from '../domain/qkd/toeplitz'
import { twoBasisKeyLength } from '../domain/qkd/two-basis'

/** One row: rate in `unit`, figures of merit beside it. */
export interface DistilBenchRow {
  kernel: string
  n: number
  rate: number
  unit: string
  cpu_s: number
  [merit: string]: number | string
}

const randomBits = (count: number): Uint8Array =>
  unpackBits(new Uint8Array(randomBytes(Math.ceil(count / 8))), 8 * Math.ceil(count / 8)).subarray(
    0,
    count,
  )

/** CPU seconds of this process that a piece of work takes. */
function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Cascade, both sides in one thread, at several error rates; f against the true error rate. */
export function benchReconcile(n = 1_000_000, rates = [0.005, 0.01, 0.02, 0.05]): DistilBenchRow[] {
  return rates.map((qber) => {
    const bits = randomBits(n)
    const errors = Math.round(n * qber)
    const alice = new CascadeAlice(bits)
    const seed = new Uint32Array(4).map(() => randomBytes(4).readUInt32LE())
    const bob = new CascadeBob(withErrors(bits, errors), { errorRate: qber, seed })
    let rounds = 0
    const cpu_s = cpuSeconds(() => {
      for (let request = bob.next(); request; request = bob.next(), rounds++) {
        bob.accept(alice.answer(request))
      }
    })
    const f = alice.disclosed / (n * binaryEntropy(errors / n))
    const residual_errors = differing(bob.corrected(), bits)
    const merit = { qber, f, leak_bits: alice.disclosed, rounds, residual_errors }
    return { kernel: 'cascade', n, rate: n / cpu_s / 1e6, unit: 'Mbit/s', cpu_s, ...merit }
  })
}

/** Toeplitz hashing by FFT. */
export function benchAmplify(
  sizes = [
    [100_000, 33_000],
    [1_000_000, 333_000],
    [2_000_000, 500_000],
  ],
): DistilBenchRow[] {
  return sizes.map(([n, m]) => {
    const x = randomBits(n)
    const seed = randomBits(n + m - 1)
    const cpu_s = cpuSeconds(() => toeplitzHash(x, seed, m))
    return { kernel: 'toeplitz', n, rate: n / cpu_s / 1e6, unit: 'Mbit/s', cpu_s, m }
  })
}

/** Finite-key length of both bases. */
export function benchKeylength(n = 10_000): DistilBenchRow[] {
  const counts = { x: [835_000, 58_000, 3000], z: [830_000, 57_000, 3100] }
  const errors = { x: [9200, 2000, 1500], z: [9300, 2050, 1550] }
  const triples = (value: { x: number[]; z: number[] }) => ({
    x: [value.x[0], value.x[1], value.x[2]] as [number, number, number],
    z: [value.z[0], value.z[1], value.z[2]] as [number, number, number],
  })
  const source = {
    intensities: [0.8, 0.1, 0] as [number, number, number],
    probabilities: [0.5, 0.25, 0.25] as [number, number, number],
  }
  let secret_bits = 0
  const cpu_s = cpuSeconds(() => {
    for (let i = 0; i < n; i++) {
      const leak = { x: 80_000 + i, z: 81_000 }
      const target = { eps_sec: 1e-9, eps_cor: 1e-15 }
      const length = twoBasisKeyLength(triples(counts), triples(errors), leak, source, target)
      secret_bits = length.secret_bits
    }
  })
  return [{ kernel: 'keylength', n, rate: n / cpu_s, unit: '1/s', cpu_s, secret_bits }]
}

/** A copy with `count` distinct places flipped. */
function withErrors(bits: Uint8Array, count: number): Uint8Array {
  const copy = bits.slice()
  for (let left = count; left > 0;) {
    const place = randomBytes(4).readUInt32LE() % bits.length
    if (copy[place] !== bits[place]) continue
    copy[place] ^= 1
    left--
  }
  return copy
}

const differing = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, bit, i) => sum + (bit ^ b[i]), 0)
