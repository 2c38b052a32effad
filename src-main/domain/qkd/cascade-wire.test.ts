/** Cascade requests from the channel: what does not fit is refused before anything is computed from the key. */
import { expect, it } from 'vitest'
import { CascadeAlice } from './cascade-alice'
import { CascadeBob } from './cascade-bob'
import { encodeRequest } from './cascade-wire'
import { keys, run, words } from './cascade.testing'
import { WireWriter } from './wire'

const seed = Uint32Array.of(1, 2, 3, 4)
const start = (n: number, ...blockLengths: number[]) =>
  encodeRequest({ kind: 'start', n, plan: { blockLengths, seed } })
const step = (...bytes: number[]) =>
  encodeRequest({ kind: 'step', differences: Uint8Array.from(bytes) })
const retry = (blockLength: number, ...bytes: number[]) =>
  encodeRequest({
    kind: 'retry',
    plan: { blockLengths: [blockLength], seed },
    differences: Uint8Array.from(bytes),
  })

it('refuses to start on another key length, without passes, with too many, with impossible blocks', () => {
  const alice = new CascadeAlice(new Uint8Array(100))
  const refused = (request: Uint8Array, why: RegExp) =>
    expect(() => alice.answer(request)).toThrow(why)
  refused(start(99, 10), /for 99 bits/)
  refused(start(100), /no pass/)
  refused(start(100, 101), /blocks of 101/)
  refused(start(100, 10, 0), /blocks of 0/)
  refused(start(100, 10, 2 ** 48), /blocks of/)
  refused(start(100, ...Array.from({ length: 33 }, () => 10)), /33 is above 32/)
  refused(step(0), /no run/)
  refused(retry(10, 0), /no run/)
  refused(Uint8Array.of(9), /kind 9/)
  refused(new Uint8Array(0), /cut off/)
  refused(start(100, 10).subarray(0, 4), /cut off/)
  refused(Uint8Array.of(...start(100, 10), 0), /1 bytes follow/)
  refused(
    new WireWriter()
      .number(1)
      .number(100)
      .number(2 ** 40)
      .done(),
    /above 32/,
  )
  expect(alice.disclosed).toBe(0)
})

it('refuses differences of another length or with padding set, a second start, and steps after the end', () => {
  const alice = new CascadeAlice(new Uint8Array(100))
  expect(alice.answer(start(100, 10))).toHaveLength(2)
  expect(alice.disclosed).toBe(10)
  expect(() => alice.answer(step(0))).toThrow(/1 bytes of parities given, 2 needed/)
  expect(() => alice.answer(step(0, 0, 0))).toThrow(/3 bytes of parities given/)
  expect(() => alice.answer(step(0, 1))).toThrow(/padding/)
  expect(() => alice.answer(start(100, 10))).toThrow(/begun already/)
  expect(() => alice.answer(retry(101, 0, 0))).toThrow(/blocks of 101/)
  expect(alice.disclosed).toBe(10)
  expect(alice.answer(step(0, 0))).toHaveLength(0)
  expect(() => alice.answer(step())).toThrow(/nothing is left/)
  expect(alice.answer(retry(50))).toHaveLength(1)
  expect(alice.disclosed).toBe(11)
})

it('refuses another pass while halving is not done, and everything after it', () => {
  const alice = new CascadeAlice(new Uint8Array(100))
  alice.answer(start(100, 10))
  expect(() => alice.answer(retry(10, 0x80, 0))).toThrow(/contradict/)
  expect(() => alice.answer(step(0))).toThrow(/contradicted itself/)
})

it('survives 5,000 mutated requests: an Error or an answer of at most the key, never more memory', () => {
  const n = 300
  const { alice: aliceBits, bob: bobBits } = keys(n, 0.05, 21)
  const requests: Uint8Array[] = []
  const recorder = new CascadeBob(bobBits, { errorRate: 0.05, seed })
  const honest = new CascadeAlice(aliceBits)
  for (let request = recorder.next(); request; request = recorder.next()) {
    requests.push(request)
    recorder.accept(honest.answer(request))
  }
  const next = words(2024)
  let [answered, refusals] = [0, 0]
  for (let trial = 0; trial < 5000; trial++) {
    const target = new CascadeAlice(aliceBits)
    const depth = next() % requests.length
    for (let i = 0; i < depth; i++) target.answer(requests[i])
    try {
      const answer = target.answer(mutated(requests[depth], next))
      answered++
      expect(answer.length).toBeLessThanOrEqual(n / 8 + 1)
    } catch (error) {
      refusals++
      expect(String(error)).toMatch(/^Error: (Cascade|Unpacking)/)
    }
  }
  expect(answered).toBeGreaterThan(0)
  expect(refusals).toBeGreaterThan(0)
})

/** A few bytes changed, cut off or added. */
function mutated(request: Uint8Array, next: () => number): Uint8Array {
  const bytes = [...request]
  for (let change = 1 + (next() % 3); change > 0; change--) {
    const at = next() % (bytes.length + 1)
    if (next() % 4 === 0) bytes.splice(at, 1 + (next() % 3))
    else if (next() % 3 === 0) bytes.splice(at, 0, next() & 255)
    else if (at < bytes.length) bytes[at] = next() & 255
  }
  return Uint8Array.from(bytes)
}

it('a run to the end leaves Alice with nothing to answer', () => {
  const { alice, bob } = keys(2000, 0.03, 8)
  const a = new CascadeAlice(alice)
  const b = new CascadeBob(bob, { errorRate: 0.03, seed })
  run(a, b)
  expect(b.next()).toBeNull()
  a.erase()
  b.erase()
  expect(b.next()).toBeNull()
  expect(() => a.answer(step())).toThrow(/nothing is left/)
})
