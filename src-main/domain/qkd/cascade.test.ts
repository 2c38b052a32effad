import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CascadeAlice } from './cascade-alice'
import { CascadeBob, ReconciliationFailed } from './cascade-bob'
import { passOrder } from './cascade-order'
import { passWords, Permutation } from './cascade-permutation'
import { blockLengths } from './cascade-schedule'
import { differences, efficiency, keys, run, words } from './cascade.testing'

const seed = Uint32Array.of(1, 2, 3, 4)
const TRIALS = 20_000
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
    expect(b.requested).toBeLessThanOrEqual(b.disclosed)
    expect(b.requested).toBeGreaterThan(0.9 * b.disclosed)
    const f = efficiency(a.disclosed, n, errors)
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
    expect(() => b.accept(answer.subarray(1))).toThrow(/3 bytes of parities given, 4 needed/)
    expect(() => b.next()).toThrow(/not been answered/)
    b.accept(answer)
    expect(b.next()).not.toBeNull()
  })

  it('refuses keys that are too long or no bits, and options that make no sense', () => {
    const options = { errorRate: 0.01, seed }
    expect(() => new CascadeAlice(new Uint8Array(2 ** 26 + 1))).toThrow(/too many/)
    expect(() => new CascadeAlice(Uint8Array.of(0, 1, 2))).toThrow(/but 0 and 1/)
    expect(() => new CascadeBob(Uint8Array.of(255), options)).toThrow(/but 0 and 1/)
    const bob = (change: object) => new CascadeBob(new Uint8Array(9), { ...options, ...change })
    expect(() => bob({ errorRate: NaN })).toThrow(/not a number/)
    expect(() => bob({ passes: 0 })).toThrow(/0 passes/)
    expect(() => bob({ passes: 33 })).toThrow(/33 passes/)
    expect(() => bob({ seed: new Uint32Array(3) })).toThrow(/3 words/)
  })

  it('plans 32 passes at most', () => {
    const bob = new CascadeBob(new Uint8Array(99), { errorRate: 0.1, seed })
    bob.extraPasses(27, seed)
    expect(() => bob.retry(seed)).toThrow(/32 passes/)
  })
})

describe('public structure', () => {
  it.each([1, 2, 3, 100, 1000, 4097])('permutes 0..%i-1 and back', (n) => {
    const permutation = new Permutation(n, passWords(seed, 3))
    const places = Array.from({ length: n }, (_, position) => permutation.forward(position))
    expect(new Set(places).size).toBe(n)
    expect(Math.max(...places)).toBe(n - 1)
    places.forEach((place, position) => expect(permutation.inverse(place)).toBe(position))
  })

  it.each([
    [1000, 0],
    [1000, 1],
    [1000, 2],
    [65_536, 2],
    [70_001, 4],
  ])('%i bits, pass %i: every place has one position', (n, pass) => {
    const order = passOrder(n, pass, passWords(seed, pass))
    const positions = Array.from({ length: order.size }, (_, position) => position)
    const places = positions.map((position) => order.place(position))
    expect(new Set(places).size).toBe(order.size)
    expect(places.map((place) => order.position(place))).toEqual(positions)
    expect(order.size).toBeGreaterThanOrEqual(n)
    const key = keys(n, 0, 31).alice
    const gathered = order.gather(key)
    expect(positions.filter((at) => gathered.has(at) !== (key[places[at]] === 1))).toEqual([])
  })

  /** How often two places fall into one block of 2^log2Block bits, over many seeds; n = 2^16. */
  function meetings(pass: number, log2Block: number, distance: (word: number) => number): number {
    const next = words(99)
    let together = 0
    for (let i = 0; i < TRIALS; i++) {
      const seed = Uint32Array.of(next(), next(), next(), next())
      const order = passOrder(65_536, pass, passWords(seed, pass))
      const place = next() % 65_536
      const other = (place + distance(next())) % 65_536
      if (order.position(place) >> log2Block === order.position(other) >> log2Block) together++
    }
    return together
  }

  it.each([
    ['neighbours, scattered', 1, 10, () => 1],
    ['any two, scattered', 1, 10, (word: number) => 1 + (word % 65_535)],
    ['two of different words, a column a block', 2, 10, (word: number) => 64 * (1 + (word % 1023))],
    ['two a word and a bit apart, a column a block', 2, 10, () => 65],
    ['neighbours, four columns a block', 2, 12, () => 1],
    ['two bits apart, four columns a block', 2, 12, () => 2],
    ['three bits apart, four columns a block', 2, 12, () => 3],
  ])('%s: meet as often as chance says, within 5 sigma', (_, pass, log2Block, distance) => {
    const expected = TRIALS / 2 ** (16 - log2Block)
    const deviation = Math.abs(meetings(pass, log2Block, distance) - expected)
    expect(deviation).toBeLessThan(5 * Math.sqrt(expected))
  })

  it('never lets two bits of one word meet in a sliced pass', () => {
    for (let place = 0; place < 640; place += 64) {
      const order = passOrder(65_536, 2, passWords(Uint32Array.of(place, 2, 3, 4), 2))
      const blocks = Array.from({ length: 64 }, (_, i) => order.position(place + i) >> 10)
      expect(new Set(blocks).size).toBe(64)
    }
  })

  it('clamps the estimate to 0.001..0.25, and blocks to a quarter of the frame, later ones to a sixteenth', () => {
    expect(blockLengths(1e6, 0)).toEqual(blockLengths(1e6, 0.001))
    expect(blockLengths(1e6, 0.5)).toEqual(blockLengths(1e6, 0.25))
    expect(blockLengths(1e6, 0.02)).toEqual([32, 512, 4096, 16_384, 16_384])
    expect(blockLengths(100, 0.001)).toEqual([25, 25, 7, 7, 7])
    expect(blockLengths(0, 0.1)).toEqual([1, 1, 1, 1, 1])
  })
})
