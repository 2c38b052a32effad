/** Two seeded tag streams with known coincidences, for tests and the bench; nothing of them is key. */

export interface PairStreamOptions {
  duration_s: number
  /** Tags a second of either stream. */
  rate_Hz: number
  /** Share of the tags of the first stream that have a partner in the second. */
  common: number
  offset_s: number
  drift: number
  /** Change of drift in a second. */
  bend_per_s?: number
  /** 1 sigma of each tag. */
  jitter_ps: number
  /** Nothing but uncommon tags in between. */
  gap_s?: [number, number]
  seed?: number
}

export interface PairStreams {
  a: Float64Array
  b: Float64Array
  /** Offset at a reading of the first clock. */
  truth: (time_ps: number) => number
  pairs: number
}

/** Uniform and normal deviates (mulberry32, Box-Muller). */
export function seededRandom(seed: number) {
  let state = seed
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  return { uniform, normal }
}

export function pairStreams(options: PairStreamOptions): PairStreams {
  const { duration_s, rate_Hz, common, jitter_ps, gap_s = [0, 0] } = options
  const { uniform, normal } = seededRandom(options.seed ?? 11)
  const truth = (time_ps: number) =>
    options.offset_s * 1e12 +
    (options.drift + ((options.bend_per_s ?? 0) * time_ps * 1e-12) / 2) * time_ps
  const [a, b]: number[][] = [[], []]
  let pairs = 0
  for (let n = 0; n < rate_Hz * duration_s; n++) {
    const t = uniform() * duration_s * 1e12
    const paired = uniform() < common
    if (paired && t > gap_s[0] * 1e12 && t < gap_s[1] * 1e12) continue
    const alone = paired ? t : uniform() * duration_s * 1e12
    a.push(t + jitter_ps * normal())
    b.push(alone + truth(alone) + jitter_ps * normal())
    if (paired) pairs++
  }
  return { a: Float64Array.from(a).sort(), b: Float64Array.from(b).sort(), truth, pairs }
}
