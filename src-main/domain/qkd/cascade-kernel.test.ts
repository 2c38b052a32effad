/** The Cascade kernel against its plain twin, byte for byte, and its efficiency on frames of a pass. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { packBits } from './bits'
import { CascadeAlice } from './cascade-alice'
import { CascadeBob, ReconciliationFailed } from './cascade-bob'
import type { CascadeKernel } from './cascade-kernel'
import { encodeRequest } from './cascade-wire'
import { differences, efficiency, keys, run, words } from './cascade.testing'

const wasm = new WebAssembly.Module(readFileSync('out/kernels/cascade.wasm'))
/** Each party has an instance, and so a memory, of its own. */
const kernel = () => new WebAssembly.Instance(wasm, {}).exports as unknown as CascadeKernel

const seed = Uint32Array.of(11, 22, 33, 44)

/** All bytes of a run with one retry. */
function transcript(alice: CascadeAlice, bob: CascadeBob): Uint8Array[] {
  const messages: Uint8Array[] = []
  const exchange = () => {
    for (let request = bob.next(); request; request = bob.next()) {
      const answer = alice.answer(request)
      messages.push(request, answer)
      bob.accept(answer)
    }
  }
  exchange()
  bob.retry(Uint32Array.of(5, 6, 7, 8))
  exchange()
  return messages
}

describe('kernel and twin send the same bytes', () => {
  it.each([
    [1, 0.2],
    [2, 0.4],
    [63, 0.1],
    [64, 0.1],
    [65, 0.1],
    [1000, 0.25],
    [4097, 0.05],
    [65_535, 0.03],
    [65_536, 0.03],
    [100_003, 0.01],
    [262_144, 0.02],
    [2 ** 20 + 7, 0.002],
  ])('%i bits at %f', (n, errorRate) => {
    const { alice, bob } = keys(n, errorRate, n + 1)
    const options = { errorRate, seed }
    const [a, b] = [new CascadeAlice(alice), new CascadeBob(bob, options)]
    const [ka, kb] = [new CascadeAlice(alice, kernel()), new CascadeBob(bob, options, kernel())]
    expect(same(transcript(ka, kb), transcript(a, b))).toBe(true)
    expect(same([kb.corrected()], [b.corrected()])).toBe(true)
    const counts = (x: CascadeBob) => [x.disclosed, x.requested, x.corrections, x.frames]
    expect(counts(kb)).toEqual(counts(b))
    expect([ka.disclosed, a.disclosed]).toEqual([b.disclosed, b.disclosed])
  })

  it('also when answers are tampered with', () => {
    const { alice, bob } = keys(3000, 0.04, 3)
    for (let at = 0; at < 40; at++) {
      const outcome = (k: () => CascadeKernel | undefined) => {
        const b = new CascadeBob(bob, { errorRate: 0.04, seed }, k())
        let message = 0
        const flip = (answer: Uint8Array) =>
          message++ === at ? answer.map((byte, i) => (i === 0 ? byte ^ 0x80 : byte)) : answer
        try {
          run(new CascadeAlice(alice, k()), b, flip)
        } catch (error) {
          expect(error).toBeInstanceOf(ReconciliationFailed)
        }
        return [b.disclosed, b.corrections, differences(b.corrected(), alice)]
      }
      expect(outcome(kernel)).toEqual(outcome(() => undefined))
    }
  })
})

const same = (a: Uint8Array[], b: Uint8Array[]): boolean =>
  a.length === b.length && a.every((bytes, i) => Buffer.compare(bytes, b[i]) === 0)

describe('efficiency against the true error rate: mean f <= 1.045 (5 sigma of the mean allowed), all keys equal', () => {
  it.each([
    [2 ** 18, 0.01, 8],
    [2 ** 18, 0.02, 8],
    [2 ** 18, 0.03, 8],
    [2 ** 18, 0.05, 8],
    [2 ** 20, 0.01, 3],
    [2 ** 20, 0.02, 3],
    [2 ** 20, 0.03, 3],
    [2 ** 20, 0.05, 3],
  ])('%i bits at %f, %i frames', (n, rate, count) => {
    const [ka, kb] = [kernel(), kernel()]
    const f: number[] = []
    let frameErrors = 0
    for (let frame = 0; frame < count; frame++) {
      const { alice, bob, errors } = keys(n, rate, 1000 + frame)
      const a = new CascadeAlice(alice, ka)
      const b = new CascadeBob(bob, { errorRate: rate, seed: seed.map((w) => w + frame) }, kb)
      run(a, b)
      if (differences(b.corrected(), alice) > 0) frameErrors++
      f.push(efficiency(a.disclosed, n, errors))
      a.erase()
      b.erase()
    }
    const mean = f.reduce((sum, x) => sum + x, 0) / count
    const variance = f.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1)
    expect(mean).toBeLessThanOrEqual(1.045 + 5 * Math.sqrt(variance / count))
    expect(mean).toBeGreaterThan(1)
    expect(frameErrors).toBe(0)
  })
})

it('cuts a long block into frames that share their rounds', () => {
  const n = 3 * 2 ** 20
  const { alice, bob, errors } = keys(n, 0.02, 4)
  const [ka, kb] = [kernel(), kernel()]
  const a = new CascadeAlice(alice, ka)
  const b = new CascadeBob(bob, { errorRate: 0.02, seed }, kb)
  const rounds = run(a, b)
  expect([b.frames, b.blindFrames]).toEqual([3, 0])
  expect(differences(b.corrected(), alice)).toBe(0)
  expect(b.corrections).toBe(errors)
  expect(rounds).toBeLessThan(3000)
})

it('two bases in one instance; erased frames leave no byte of key behind and their memory is used again', () => {
  const k = kernel()
  const { alice, bob } = keys(70_000, 0.02, 6)
  const sizes: number[] = []
  for (let repeat = 0; repeat < 5; repeat++) {
    const both = [alice, bob].map((bits) => {
      const b = new CascadeBob(bits, { errorRate: 0.02, seed }, k)
      run(new CascadeAlice(alice, kernel()), b)
      expect(differences(b.corrected(), alice)).toBe(0)
      return b
    })
    for (const b of both) b.erase()
    expect(both[0].corrected().some(Boolean)).toBe(false)
    expect(new Uint8Array(k.memory.buffer, k.input()).some(Boolean)).toBe(false)
    sizes.push(k.memory.buffer.byteLength)
  }
  expect(new Set(sizes).size).toBe(1)
})

it('refuses bytes that are no bits', () => {
  expect(() => new CascadeAlice(Uint8Array.of(0, 1, 2), kernel())).toThrow(/but 0 and 1/)
  expect(() => new CascadeAlice(new Uint8Array(2 ** 20).fill(255), kernel())).toThrow(/but 0 and 1/)
})

it('ends on noise instead of parities, and gives its memory back', () => {
  const next = words(77)
  const { alice, bob } = keys(5000, 0.05, 12)
  const [ka, kb] = [kernel(), kernel()]
  for (let trial = 0; trial < 60; trial++) {
    const a = new CascadeAlice(alice, ka)
    const b = new CascadeBob(bob, { errorRate: 0.05, seed }, kb)
    const noise = (answer: Uint8Array) =>
      answer.map((byte, i) => (i < answer.length - 1 && next() % 8 === 0 ? next() & 255 : byte))
    try {
      run(a, b, noise)
    } catch (error) {
      expect(error).toBeInstanceOf(ReconciliationFailed)
    }
    a.erase()
    b.erase()
  }
  expect(ka.memory.buffer.byteLength).toBeLessThan(2 ** 23)
})

it('an Alice asked by anyone: any plan, any differences; kernel and twin answer and refuse alike', () => {
  const next = words(4242)
  let refusals = 0
  for (let trial = 0; trial < 100; trial++) {
    const n = [1 + (next() % 200), 1000, 65_600][trial % 3]
    const bits = keys(n, 0, trial + 1).alice
    const [twin, fast] = [new CascadeAlice(bits), new CascadeAlice(bits, kernel())]
    const blockLengths = Array.from({ length: 1 + (next() % 5) }, () => 1 + (next() % n))
    const plan = { blockLengths, seed: Uint32Array.of(next(), next(), next(), next()) }
    let request = encodeRequest({ kind: 'start', n, plan })
    for (let round = 0; round < 300; round++) {
      const before = twin.disclosed
      const [expected, got] = [outcome(twin, request), outcome(fast, request)]
      expect(got).toEqual(expected)
      if (typeof expected === 'string' && ++refusals) break
      const pending = twin.disclosed - before
      request = encodeRequest({ kind: 'step', differences: randomBits(pending, next) })
    }
  }
  expect(refusals).toBeGreaterThan(50)
})

function outcome(alice: CascadeAlice, request: Uint8Array): Uint8Array | string {
  try {
    return alice.answer(request)
  } catch (error) {
    return String(error)
  }
}

const randomBits = (count: number, next: () => number): Uint8Array =>
  packBits(Uint8Array.from({ length: count }, () => next() & 1))
