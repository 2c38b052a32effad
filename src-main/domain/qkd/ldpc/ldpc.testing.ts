/** What the tests of the LDPC exchange share: seeded keys and runs to the end. */
import type { BobReconciler, AliceReconciler } from '../reconciler'
import { seededWords } from './code-construction'

/** The test's oracle: the only place that holds both keys. Errors are independent, from a seeded generator. */
export function keyPair(n: number, errorRate: number, seed: number) {
  const draw = seededWords(seed)
  const alice = Uint8Array.from({ length: n }, () => (draw() >>> 16) & 1)
  const bob = alice.map((bit) => (draw() / 2 ** 32 < errorRate ? bit ^ 1 : bit))
  return { alice, bob, errors: differences(alice, bob) }
}

export const differences = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, bit, i) => sum + (bit ^ b[i]), 0)

/** Bytes for private bits, seeded so that a failure can be repeated. */
export function seededBytes(seed: number): (bytes: number) => Uint8Array {
  const draw = seededWords(seed)
  return (bytes) => Uint8Array.from({ length: bytes }, () => draw() >>> 24)
}

/** Runs the exchange until Bob asks no more; @returns the rounds. */
export function runToEnd(
  alice: AliceReconciler,
  bob: BobReconciler,
  tamper = (answer: Uint8Array) => answer,
): number {
  let rounds = 0
  for (let request = bob.next(); request; request = bob.next(), rounds++) {
    bob.accept(tamper(alice.answer(request)))
  }
  return rounds
}
