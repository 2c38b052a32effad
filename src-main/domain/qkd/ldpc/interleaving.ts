/**
 * The public permutation that spreads a burst of errors over all frames: a Fisher-Yates shuffle (Knuth, TAOCP 2,
 * 3.4.2 P) by xoshiro128** (Blackman, Vigna, ACM TOMS 47, 36 (2021)). It hides nothing.
 */

/** Words of public randomness that a block takes. */
export const SEED_WORDS = 4

/** @returns for each place in the frames the place in the key; @throws unless the seed has four words. */
export function interleaving(n: number, seed: Uint32Array): Uint32Array {
  if (seed.length !== SEED_WORDS) {
    throw new Error(
      `LDPC interleaving: the seed has ${seed.length} words, ${SEED_WORDS} are needed`,
    )
  }
  const order = new Uint32Array(n)
  for (let i = 0; i < n; i++) order[i] = i
  shuffle(order, Uint32Array.from(seed.some((word) => word > 0) ? seed : [1, 2, 3, 4]))
  return order
}

function shuffle(order: Uint32Array, state: Uint32Array): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor((next(state) / 0x100000000) * (i + 1))
    const held = order[i]
    order[i] = order[j]
    order[j] = held
  }
}

function next(s: Uint32Array): number {
  const mixed = Math.imul(turned(Math.imul(s[1], 5), 7), 9) >>> 0
  const kept = s[1] << 9
  s[2] ^= s[0]
  s[3] ^= s[1]
  s[1] ^= s[2]
  s[0] ^= s[3]
  s[2] ^= kept
  s[3] = turned(s[3], 11)
  return mixed
}

const turned = (x: number, by: number): number => (x << by) | (x >>> (32 - by))
