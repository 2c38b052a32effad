import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { packBits } from '../bits'
import { binaryEntropy } from '../entropy'
import { readCodeTable } from './code-table'
import { MAX_LDPC_BITS } from './frame-plan'
import type { LdpcKernel } from './kernel-decoder'
import { LdpcAlice } from './ldpc-alice'
import { LdpcBob } from './ldpc-bob'
import { encodeRequest, HASH_BITS } from './ldpc-wire'
import { differences, keyPair, runToEnd, seededBytes } from './ldpc.testing'
import { seededWords } from './code-construction'

const codes = readCodeTable(JSON.parse(readFileSync('resources/codes/ldpc.json', 'utf8')))
const wasm = new WebAssembly.Module(readFileSync('out/kernels/ldpc.wasm'))
const newKernel = () =>
  new WebAssembly.Instance(wasm, { env: { abort: () => undefined } })
    .exports as unknown as LdpcKernel
const seed = Uint32Array.of(1, 2, 3, 4)

interface Case {
  n: number
  rate: number
  estimate?: number
  kernel?: LdpcKernel
}

function parties({ n, rate, estimate = rate, kernel = newKernel() }: Case) {
  const keys = keyPair(n, rate, 77 + n)
  const alice = new LdpcAlice(keys.alice, codes, seededBytes(5))
  const bob = new LdpcBob(keys.bob, { errorRate: estimate, seed, codes }, kernel)
  return { keys, alice, bob }
}

describe('one exchange corrects all errors; f against the true error rate', () => {
  it.each([
    [500_000, 0.02, 1.25],
    [500_000, 0.03, 1.25],
    [500_000, 0.05, 1.25],
    [250_000, 0.08, 1.25],
    [250_000, 0.01, 1.45],
  ])('n = %i, errors %f: f <= %f', (n, rate, limit) => {
    const { keys, alice, bob } = parties({ n, rate })
    runToEnd(alice, bob)
    expect(differences(bob.corrected(), keys.alice)).toBe(0)
    expect(bob.corrections).toBe(keys.errors)
    expect(bob.disclosed).toBe(alice.disclosed)
    const f = alice.disclosed / (n * binaryEntropy(keys.errors / n))
    expect(f).toBeGreaterThan(1)
    expect(f).toBeLessThanOrEqual(limit)
  })

  it.each([
    [0, 0.01, 0],
    [1, 0.01, 0],
    [300, 0.03, 0],
    [2_000, 0.11, 12],
    [20_000, 0.05, 12],
    [60_000, 0.25, 12],
  ])('also %i bits at %f', (n, rate, more) => {
    const { keys, alice, bob } = parties({ n, rate })
    const rounds = runToEnd(alice, bob)
    expect(differences(bob.corrected(), keys.alice)).toBe(0)
    expect(bob.disclosed).toBe(alice.disclosed)
    expect(rounds).toBeLessThanOrEqual(1 + more)
  })
})

describe('blind rounds make good an estimate that was too low', () => {
  it.each([
    [0.03, 0.026],
    [0.05, 0.03],
    [0.2, 0.02],
  ])('errors %f taken for %f', (rate, estimate) => {
    const { keys, alice, bob } = parties({ n: 130_000, rate, estimate })
    const rounds = runToEnd(alice, bob)
    expect(differences(bob.corrected(), keys.alice)).toBe(0)
    expect(bob.disclosed).toBe(alice.disclosed)
    expect(bob.blindFrames).toBeGreaterThan(0)
    expect(bob.requested).toBeGreaterThan(0)
    expect(rounds).toBeLessThanOrEqual(12)
  })

  it('ends also when the keys are unrelated: every frame is disclosed, nothing is left secret', () => {
    const { keys, alice, bob } = parties({ n: 5_000, rate: 0.5, estimate: 0.02 })
    expect(runToEnd(alice, bob)).toBeLessThanOrEqual(12)
    expect(differences(bob.corrected(), keys.alice)).toBe(0)
    expect(alice.disclosed).toBeGreaterThan(5_000)
  })

  it('a burst of errors is spread over the frames', () => {
    const n = 400_000
    const { alice: key } = keyPair(n, 0, 3)
    const burst = key.map((bit, i) => (i > 1_000 && i <= 9_000 ? bit ^ 1 : bit))
    const alice = new LdpcAlice(key, codes, seededBytes(6))
    const bob = new LdpcBob(burst, { errorRate: 0.02, seed, codes }, newKernel())
    runToEnd(alice, bob)
    expect(differences(bob.corrected(), key)).toBe(0)
    expect(bob.corrections).toBe(8_000)
    expect(alice.disclosed / (n * binaryEntropy(0.02))).toBeLessThan(1.25)
  })
})

describe('after a failed verification', () => {
  it('finds the frame that was decoded to a wrong word, by a counted hash, and takes it whole', () => {
    const { keys, alice, bob } = parties({ n: 300_000, rate: 0.02 })
    runToEnd(alice, bob)
    const before = alice.disclosed
    const other = keyPair(300_000, 0.02, 12)
    const wrong = new LdpcAlice(other.alice, codes, seededBytes(8))
    wrong.answer(encodeRequest({ kind: 'open', n: 300_000, rate_ppm: 20_000, seed }))
    bob.retry(Uint32Array.of(9, 9, 9, 9))
    const compare = bob.next()
    expect(compare).not.toBeNull()
    // The hashes of another key stand for an undetected error in every frame.
    bob.accept(wrong.answer(compare as Uint8Array))
    runToEnd(alice, bob)
    expect(differences(bob.corrected(), keys.alice)).toBe(0)
    expect(bob.disclosed - before).toBe(HASH_BITS * bob.frames + 300_000)
  })

  it('asks for nothing more when the frames agree', () => {
    const { alice, bob } = parties({ n: 20_000, rate: 0.02 })
    runToEnd(alice, bob)
    const before = bob.disclosed
    bob.retry(Uint32Array.of(9, 9, 9, 9))
    expect(runToEnd(alice, bob)).toBe(1)
    expect(bob.disclosed - before).toBe(HASH_BITS * bob.frames)
    expect(bob.disclosed).toBe(alice.disclosed)
  })
})

describe('bad input is refused', () => {
  const open = (n: number, rate_ppm = 20_000) => encodeRequest({ kind: 'open', n, rate_ppm, seed })
  const alice = () => new LdpcAlice(keyPair(2_000, 0, 1).alice, codes, seededBytes(2))
  const reveal = (frame: number, punctured: number, places: number[]) =>
    encodeRequest({ kind: 'reveal', frames: [{ frame, punctured, places }] })

  it('requests that do not fit the key or come out of order', () => {
    const party = alice()
    expect(() => party.answer(reveal(0, 1, []))).toThrow('no syndromes')
    expect(() => party.answer(open(1_999))).toThrow('1999 bits')
    expect(party.disclosed).toBe(0)
    party.answer(open(2_000))
    const disclosed = party.disclosed
    expect(() => party.answer(open(2_000))).toThrow('sent before')
    expect(() => party.answer(reveal(7, 0, []))).toThrow('no frame 7')
    expect(() => party.answer(reveal(0, 1e6, []))).toThrow('punctured bits')
    expect(() => party.answer(reveal(0, 0, [1_999_999]))).toThrow('no key bit')
    expect(party.disclosed).toBe(disclosed)
    party.answer(reveal(0, 0, [5]))
    expect(() => party.answer(reveal(0, 0, [5]))).toThrow('given before')
    expect(party.disclosed).toBe(disclosed + 1)
  })

  it('random and cut messages never crash Alice, and cost no key', () => {
    const draw = seededWords(4)
    const party = alice()
    let refused = 0
    for (let i = 0; i < 3_000; i++) {
      const bytes = Uint8Array.from({ length: draw() % 20 }, () => draw() >>> 24)
      try {
        party.answer(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
        expect((error as Error).message).toMatch(/^LDPC/)
        refused++
      }
    }
    expect(refused).toBe(3_000)
    expect(party.disclosed).toBe(0)
    const whole = open(2_000)
    for (let length = 0; length < whole.length; length++) {
      expect(() => party.answer(whole.slice(0, length))).toThrow('LDPC request refused')
    }
    expect(() => party.answer(Uint8Array.of(...whole, 0))).toThrow('follow its end')
  })

  it('answers of the wrong length, unasked or while one is outstanding', () => {
    const { alice: a, bob } = parties({ n: 2_000, rate: 0.02 })
    expect(() => bob.accept(new Uint8Array(1))).toThrow('nobody asked')
    const request = bob.next() as Uint8Array
    expect(() => bob.next()).toThrow('not been answered')
    expect(() => bob.accept(packBits(new Uint8Array(3)))).toThrow('needed')
    bob.accept(a.answer(request))
    expect(bob.next()).toBeNull()
  })

  it('random answers of the right length end in rounds that are bounded', () => {
    const { alice: a, bob } = parties({ n: 3_000, rate: 0.02 })
    const draw = seededWords(11)
    const rounds = runToEnd(a, bob, (answer) => {
      const random = answer.map(() => draw() >>> 24)
      random[random.length - 1] = answer[answer.length - 1]
      return random
    })
    expect(rounds).toBeLessThanOrEqual(12)
  })

  it('error rates that are none, and keys beyond the limit', () => {
    const bits = new Uint8Array(10)
    expect(() => new LdpcBob(bits, { errorRate: NaN, seed, codes })).toThrow('no error rate')
    expect(() => new LdpcBob(bits, { errorRate: 0.02, seed: seed.slice(1), codes })).toThrow(
      'words',
    )
    const long = { length: MAX_LDPC_BITS + 1 } as Uint8Array
    expect(() => new LdpcAlice(long, codes, seededBytes(1))).toThrow('too many')
  })
})
