/**
 * Size of the transforms of the Toeplitz kernel: 8 * groups * length places must hold n + m - 1 bits, `length` a
 * power of two. Free choice of the number of groups keeps sizes just above a power of two cheap.
 */

export interface TransformSize {
  /** Number of groups of four residues; each bit string is cut in eight times as many streams. */
  groups: number
  /** Length of each cyclic transform, and of a stream: a power of two. */
  length: number
}

const SHORTEST = 64
const MOST_GROUPS = 16

/** Levels that run inside registers and cost next to nothing. */
const INNERMOST_LEVELS = 2
/** Work in units of a level by element; measured, and of no weight for the result. */
const BY_GROUP = 0.8
const BY_OUTPUT = 0.85
/** Length beyond which levels run through memory instead of the cache, and their extra work. */
const CACHED = 2 ** 16
const BEYOND_CACHE = 1

/** The size with the least work. @throws when the bits are more than any size holds. */
export function transformSize(n: number, m: number): TransformSize {
  const bits = n + m - 1
  let best: TransformSize | undefined
  let least = Infinity
  for (let groups = 1; groups <= MOST_GROUPS; groups++) {
    const length = Math.max(SHORTEST, 2 ** Math.ceil(Math.log2(bits / (8 * groups))))
    const work = workOf({ groups, length }, n, m)
    if (work < least) [best, least] = [{ groups, length }, work]
  }
  if (!best) throw new Error(`Privacy amplification: no transform holds ${n} + ${m} bits`)
  return best
}

function workOf({ groups, length }: TransformSize, n: number, m: number): number {
  const levels = Math.log2(length) - INNERMOST_LEVELS
  const slow = BEYOND_CACHE * Math.max(0, Math.log2(length / CACHED))
  const streams = Math.floor((n + m - 2) / length) - Math.floor((n - 1) / length) + 1
  return groups * length * (levels + slow + BY_GROUP * groups) + BY_OUTPUT * streams * length
}
