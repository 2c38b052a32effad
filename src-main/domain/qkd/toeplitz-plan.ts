/**
 * Size of the transforms of the Toeplitz kernel: 8 * groups * length places, `length` a power of two. One block of
 * the input and the m outputs must fit; the kernel takes as few blocks as do. Shorter blocks mean more transforms,
 * of which fewer are read out. Free choice of both numbers keeps sizes just above a power of two cheap.
 */

export interface TransformSize {
  /** Number of groups of four residues; each bit string is cut in eight times as many streams. */
  groups: number
  /** Length of each cyclic transform, and of a stream: a power of two. */
  length: number
}

const SHORTEST = 64
const MOST_GROUPS = 16
const MOST_BLOCKS = 8

/** Blocks are whole words, and where there are several, seeds begin up to seven bits early. */
const WORD = 64
const EARLY = 7

/** Levels that run inside registers and cost next to nothing. */
const INNERMOST_LEVELS = 2
/** Work by element of a transform, in nanoseconds as once measured, and of no weight for the result. */
const BY_LEVEL = 0.58
const BY_LEVEL_BEYOND_CACHE = 0.7
const BY_TRANSFORM = 2.2
const BY_LOOKUP = 0.57
const BY_CROSSED_GROUP = 0.7
const BY_OUTPUT = 2.7
/** Length beyond which levels run through memory instead of the cache. */
const CACHED = 2 ** 14

/** The size with the least work. @throws when the bits are none that any size holds. */
export function transformSize(n: number, m: number): TransformSize {
  let best: TransformSize | undefined
  let least = Infinity
  for (let blocks = 1; blocks <= MOST_BLOCKS; blocks++) {
    for (let groups = 1; groups <= MOST_GROUPS; groups++) {
      const size = { groups, length: lengthFor(placesNeeded(n, m, blocks), groups) }
      const work = workOf(size, blocks, n, m)
      if (work < least) [best, least] = [size, work]
    }
  }
  if (!best) throw new Error(`Privacy amplification: no transform holds ${n} + ${m} bits`)
  return best
}

const blockBits = (n: number, blocks: number): number =>
  blocks === 1 ? n : WORD * Math.ceil(n / (WORD * blocks))

const placesNeeded = (n: number, m: number, blocks: number): number =>
  blockBits(n, blocks) + m - 1 + (blocks === 1 ? 0 : EARLY)

const lengthFor = (places: number, groups: number): number =>
  Math.max(SHORTEST, 2 ** Math.ceil(Math.log2(places / (8 * groups))))

function workOf(size: TransformSize, blocks: number, n: number, m: number): number {
  const { groups, length } = size
  const first = blockBits(n, blocks) - 1
  const streams = Math.floor((first + m - 1) / length) - Math.floor(first / length) + 1
  const byElement =
    (2 * blocks + 1) * transformWork(length) +
    BY_LOOKUP * blocks * lookups(groups, blockBits(n, blocks) / length) +
    BY_CROSSED_GROUP * groups
  return groups * length * byElement + BY_OUTPUT * streams * length
}

function transformWork(length: number): number {
  const levels = Math.log2(length)
  const slow = Math.max(0, levels - Math.log2(CACHED))
  return BY_TRANSFORM + BY_LEVEL * (levels - INNERMOST_LEVELS) + BY_LEVEL_BEYOND_CACHE * slow
}

/** Table entries that make one residue of a block, whose bits fill so many streams, and one of its seed. */
function lookups(groups: number, filled: number): number {
  const half = 4 * groups
  const lower = Math.ceil(Math.min(filled, half) / 8)
  const upper = Math.ceil(Math.max(0, filled - half) / 8)
  return lower + upper + 2 * Math.ceil(half / 8)
}
