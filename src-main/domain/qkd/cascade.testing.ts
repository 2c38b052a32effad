/** What the tests of Cascade share: an oracle that holds both keys, and a run without a channel. */
import { CascadeAlice } from './cascade-alice'
import { CascadeBob } from './cascade-bob'
import { binaryEntropy } from './entropy'

/** Seeded words (xorshift32), so that a failure can be repeated. */
export function words(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    return (state ^= state << 5) >>> 0
  }
}

/** Two keys whose bits differ with a probability of `rate`, and how many do. */
export function keys(n: number, rate: number, seed: number) {
  const next = words(seed)
  const alice = Uint8Array.from({ length: n }, () => next() & 1)
  const bob = alice.map((bit) => (next() / 2 ** 32 < rate ? bit ^ 1 : bit))
  return { alice, bob, errors: differences(alice, bob) }
}

/** Places where two keys differ. */
export const differences = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, bit, i) => sum + (bit ^ b[i]), 0)

/** Runs to the end; answers may be tampered with on the way. @returns rounds. */
export function run(
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

/** Leak against the limit of Slepian and Wolf at the true number of errors. */
export const efficiency = (disclosed: number, n: number, errors: number): number =>
  disclosed / (n * binaryEntropy(errors / n))
