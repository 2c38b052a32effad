/** Bench rows of Cascade: rate, efficiency and rounds. */
import { randomBytes } from 'node:crypto'
import { CascadeAlice } from '../domain/qkd/cascade-alice'
import { CascadeBob } from '../domain/qkd/cascade-bob'
import { binaryEntropy } from '../domain/qkd/entropy'
import { cpuSeconds, randomBits, type BenchRow } from './bench-row'

/** Cascade, both sides in one thread, at several error rates; f against the true error rate. */
export function benchReconcile(n = 1_000_000, rates = [0.005, 0.01, 0.02, 0.05]): BenchRow[] {
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
