import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CascadeAlice } from './cascade-alice'
import { CascadeBob, ReconciliationFailed } from './cascade-bob'
import { PassBlocks } from './cascade-blocks'
import { Permutation } from './cascade-permutation'
import { blockCounts } from './cascade-schedule'
import { encodeRequest } from './cascade-wire'
import { binaryEntropy } from './entropy'

/** Seeded words (xorshift32), so that a failure can be repeated. */
function words(seed: number) {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    return (state ^= state << 5) >>> 0
  }
}

/** The test's oracle: the only place that holds both keys. */
function keys(n: number, rate: number, seed: number) {
  const next = words(seed)
  const alice = Uint8Array.from({ length: n }, () => next() & 1)
  const bob = alice.map((bit) => (next() / 2 ** 32 < rate ? bit ^ 1 : bit))
  const errors = alice.reduce((sum, bit, i) => sum + (bit ^ bob[i]), 0)
  return { alice, bob, errors }
}

const seed = Uint32Array.of(1, 2, 3, 4)
const differences = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, bit, i) => sum + (bit ^ b[i]), 0)

/** Runs to the end; answers may be tampered with on the way. */
function run(
  alice: CascadeAlice,
  bob: CascadeBob,
  tamper = (answer: Uint8Array) => answer,
): number {
  let rounds = 0
  for (let request = bob.next(); request; request = bob.next()) {
    bob.accept(tamper(alice.answer(request)))
    rounds++
  }
  return rounds
}

describe('Cascade corrects all errors, leak against n h(q) of the true error rate', () => {
  it.each([
    [100_000, 0.005, 1.1],
    [100_000, 0.01, 1.1],
    [100_000, 0.02, 1.1],
    [200_000, 0.05, 1.1],
    [1_000_000, 0.01, 1.1],
  ])('n = %i, errors %f: f <= %f', (n, rate, limit) => {
    const { alice, bob, errors } = keys(n, rate, 77)
    const a = new CascadeAlice(alice)
    const b = new CascadeBob(bob, { errorRate: rate, seed })
    const rounds = run(a, b)
    expect(differences(b.corrected(), alice)).toBe(0)
    expect(b.corrections).toBe(errors)
    expect(b.disclosed).toBe(a.disclosed)
    const f = a.disclosed / (n * binaryEntropy(errors / n))
    expect(f).toBeGreaterThan(1)
    expect(f).toBeLessThanOrEqual(limit)
    expect(rounds).toBeLessThan(2000)
  })

  it.each([
    [0, 0.01],
    [1, 0.01],
    [2, 0.4],
    [37, 0.1],
    [999, 0.11],
    [20_000, 0.25],
  ])('also %i bits at %f', (n, rate) => {
    const { alice, bob } = keys(n, rate, 5)
    const b = new CascadeBob(bob, { errorRate: rate, seed, passes: 8 })
    const a = new CascadeAlice(alice)
    run(a, b)
    b.extraPasses(3, Uint32Array.of(9, 8, 7, 6))
    run(a, b)
    expect(differences(b.corrected(), alice)).toBe(0)
  })

  it('with an estimate wrong by a factor of three either way', () => {
    const { alice, bob } = keys(60_000, 0.03, 11)
    for (const errorRate of [0.01, 0.09]) {
      const b = new CascadeBob(bob, { errorRate, seed })
      const a = new CascadeAlice(alice)
      run(a, b)
      b.extraPasses(2, Uint32Array.of(5, 6, 7, 8))
      run(a, b)
      expect(differences(b.corrected(), alice)).toBe(0)
    }
  })

  it('finds a pair of errors hidden in one first block by extra passes, and counts their parities', () => {
    const alice = keys(10_000, 0, 3).alice
    const bob = alice.map((bit, i) => (i === 100 || i === 101 ? bit ^ 1 : bit))
    const a = new CascadeAlice(alice)
    const b = new CascadeBob(bob, { errorRate: 0.01, passes: 1, seed })
    run(a, b)
    expect(differences(b.corrected(), alice)).toBe(2)
    const before = a.disclosed
    b.extraPasses(3, Uint32Array.of(21, 22, 23, 24))
    run(a, b)
    expect(differences(b.corrected(), alice)).toBe(0)
    expect(a.disclosed - before).toBeGreaterThanOrEqual(3 * 63)
  })
})

it('Cascade leaves nothing of the key behind at Bob once it was erased', () => {
  const { alice, bob } = keys(1000, 0.02, 5)
  const b = new CascadeBob(bob, { errorRate: 0.02, seed })
  run(new CascadeAlice(alice), b)
  expect(b.corrected().some(Boolean)).toBe(true)
  b.erase()
  expect(b.corrected()).toEqual(new Uint8Array(1000))
})

describe('Cascade against a hostile channel', () => {
  it('ends on noise instead of parities, with no correct key', () => {
    const { alice, bob } = keys(5000, 0.02, 9)
    const b = new CascadeBob(bob, { errorRate: 0.02, seed })
    const noise = (answer: Uint8Array) => {
      const bytes = new Uint8Array(randomBytes(answer.length))
      return answer.length ? bytes.fill(0, answer.length - 1) : bytes
    }
    let failure: unknown = null
    try {
      run(new CascadeAlice(alice), b, noise)
    } catch (error) {
      failure = error
    }
    if (failure) expect(failure).toBeInstanceOf(ReconciliationFailed)
    expect(differences(b.corrected(), alice)).toBeGreaterThan(100)
  })

  it('one flipped parity leaves the keys different or is noticed', () => {
    const { alice, bob } = keys(5000, 0.02, 13)
    for (let at = 0; at < 20; at++) {
      const b = new CascadeBob(bob, { errorRate: 0.02, seed })
      let message = 0
      const flip = (answer: Uint8Array) =>
        message++ === at ? answer.map((byte, i) => (i === 0 ? byte ^ 0x80 : byte)) : answer
      try {
        run(new CascadeAlice(alice), b, flip)
        expect(differences(b.corrected(), alice)).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(ReconciliationFailed)
      }
    }
  })

  it('refuses answers of a wrong length, unasked ones, and asking twice', () => {
    const { alice, bob } = keys(1000, 0.02, 17)
    const b = new CascadeBob(bob, { errorRate: 0.02, seed })
    expect(() => b.accept(new Uint8Array(1))).toThrow(/nobody asked/)
    const answer = new CascadeAlice(alice).answer(b.next() ?? new Uint8Array())
    expect(() => b.accept(answer.subarray(1))).toThrow(/bytes given/)
    expect(() => b.next()).toThrow(/not been answered/)
    b.accept(answer)
    expect(b.next()).not.toBeNull()
  })

  it('Alice refuses requests that do not fit her key, naming what is wrong', () => {
    const open = { kind: 'open', pass: 0, n: 100, blocks: 10, seed } as const
    const fresh = () => new CascadeAlice(new Uint8Array(100))
    const halve = (depth: number, node: number) =>
      encodeRequest({ kind: 'halve', pass: 0, groups: [{ depth, nodes: [node] }] })
    expect(() => fresh().answer(encodeRequest({ ...open, n: 99 }))).toThrow(/for 99 bits/)
    expect(() => fresh().answer(encodeRequest({ ...open, pass: 1 }))).toThrow(/out of order/)
    expect(() => fresh().answer(encodeRequest({ ...open, blocks: 101 }))).toThrow(/101 blocks/)
    expect(() => fresh().answer(encodeRequest({ ...open, blocks: 0 }))).toThrow(/0 blocks/)
    expect(() => fresh().answer(halve(0, 0))).toThrow(/not open/)
    expect(() => fresh().answer(Uint8Array.of(9))).toThrow(/kind 9/)
    expect(() => fresh().answer(encodeRequest(open).subarray(0, 4))).toThrow(/cut off/)
    expect(() => fresh().answer(Uint8Array.of(...encodeRequest(open), 0))).toThrow(/1 bytes follow/)
    const alice = fresh()
    expect(alice.answer(encodeRequest(open))).toHaveLength(2)
    expect(alice.disclosed).toBe(10)
    expect(() => alice.answer(halve(0, 10))).toThrow(/outside the key/)
    expect(() => alice.answer(halve(4, 0))).toThrow(/no halves/)
    expect(() => alice.answer(halve(27, 0))).toThrow(/depth 27/)
    expect(alice.disclosed).toBe(10)
  })

  it('refuses too many bits and an estimate that is no number', () => {
    expect(() => new CascadeAlice(new Uint8Array(2 ** 26 + 1))).toThrow(/too many/)
    expect(() => new CascadeBob(new Uint8Array(9), { errorRate: NaN, seed })).toThrow(
      /not a number/,
    )
  })
})

describe('public structure', () => {
  it.each([1, 2, 3, 100, 1000, 4097])('permutes 0..%i-1 and back', (n) => {
    const permutation = new Permutation(n, seed, 3)
    const places = Array.from({ length: n }, (_, position) => permutation.forward(position))
    expect(new Set(places).size).toBe(n)
    expect(Math.max(...places)).toBe(n - 1)
    places.forEach((place, position) => expect(permutation.inverse(place)).toBe(position))
  })

  it('separates neighbours: pairs share one of 64 blocks as often as chance says, within 5 sigma', () => {
    const [n, trials] = [65_536, 20_000]
    const next = words(99)
    let together = 0
    for (let i = 0; i < trials; i++) {
      const permutation = new Permutation(n, Uint32Array.of(next(), next(), next(), next()), 1)
      const place = next() % (n - 1)
      const [a, b] = [permutation.inverse(place), permutation.inverse(place + 1)]
      if (a >> 10 === b >> 10) together++
    }
    const expected = trials / 64
    expect(Math.abs(together - expected)).toBeLessThan(5 * Math.sqrt(expected))
  })

  it('cuts every position into exactly one node at each depth, halves differing by one at most', () => {
    const layout = new PassBlocks(1000, 7, 0, seed)
    for (let depth = 0; depth < 5; depth++) {
      for (let position = 0; position < 1000; position++) {
        const node = layout.covering(depth, position)
        expect(layout.start(depth, node)).toBeLessThanOrEqual(position)
        expect(layout.start(depth, node + 1)).toBeGreaterThan(position)
      }
    }
    expect(layout.size(1, 0) - layout.size(1, 1)).toBeGreaterThanOrEqual(-1)
  })

  it('clamps the estimate to 0.001..0.25', () => {
    expect(blockCounts(1e6, 0)).toEqual(blockCounts(1e6, 0.001))
    expect(blockCounts(1e6, 0.5)).toEqual(blockCounts(1e6, 0.25))
    expect(blockCounts(0, 0.1)).toEqual([])
  })
})
