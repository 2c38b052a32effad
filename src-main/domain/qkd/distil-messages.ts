/**
 * Messages of parameter estimation and privacy amplification: the error counts that Bob sends after verified
 * reconciliation, and Alice's choice of key lengths with the Toeplitz seeds.
 */
import type { BasisCounts, Counts } from '../model/report'
import { WireReader, WireWriter } from './wire'

/** Input and output bits of one basis' amplification and its seed as a bit array of n + m - 1 (none: 0). */
export interface Amplification {
  n: number
  m: number
  seed: Uint8Array
}

/** Counts per basis and intensity; whole numbers. */
export function encodeErrorCounts(errors: BasisCounts): Uint8Array {
  const writer = new WireWriter()
  for (const count of [...errors.x, ...errors.z]) writer.number(count)
  return writer.done()
}

/** @throws when a count exceeds the bits it was counted over (`counts`). */
export function decodeErrorCounts(bytes: Uint8Array, counts: BasisCounts): BasisCounts {
  const reader = new WireReader(bytes, 'Error counts')
  const three = (basis: 'x' | 'z'): Counts => [
    reader.number(`errors of ${basis} signal`, counts[basis][0]),
    reader.number(`errors of ${basis} decoy`, counts[basis][1]),
    reader.number(`errors of ${basis} vacuum`, counts[basis][2]),
  ]
  const errors = { x: three('x'), z: three('z') }
  reader.end()
  return errors
}

/** Seed bits that an amplification of n to m bits takes. */
export const seedBits = (n: number, m: number): number => (m === 0 ? 0 : n + m - 1)

/** @throws when a seed has not the length that its amplification takes. */
export function encodeAmplification(bases: { x: Amplification; z: Amplification }): Uint8Array {
  const writer = new WireWriter()
  for (const { n, m, seed } of [bases.x, bases.z]) {
    if (seed.length !== seedBits(n, m)) {
      throw new Error(`Amplification: ${seed.length} seed bits given, ${seedBits(n, m)} needed`)
    }
    writer.number(n).number(m).bits(seed)
  }
  return writer.done()
}

/** @throws when a length is not the receiver's own, or more bits would come out than go in. */
export function decodeAmplification(
  bytes: Uint8Array,
  own: { x: number; z: number },
): { x: Amplification; z: Amplification } {
  const reader = new WireReader(bytes, 'Amplification parameters')
  const one = (basis: 'x' | 'z'): Amplification => {
    const n = reader.number(`the length of ${basis}`)
    if (n !== own[basis]) reader.refuse(`${basis} has ${own[basis]} bits here, ${n} there`)
    const m = reader.number(`the key length of ${basis}`, n)
    return { n, m, seed: reader.bits(`the seed of ${basis}`, seedBits(n, m)) }
  }
  const bases = { x: one('x'), z: one('z') }
  reader.end()
  return bases
}
