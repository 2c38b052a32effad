/** Robust quadratic through synchronisation tags: emission time as a function of arrival time. */

export interface Quadratic {
  /** Centre of the window, the argument's origin. */
  centre_s: number
  /** value = c0 + c1 u + c2 u^2 with u = time - centre. */
  c0: number
  c1: number
  c2: number
}

/** Fewer pulses than this in a window are no lock. */
const FEWEST = 12
/** Stray tags further than this many (robust) standard deviations are left out. */
const OUTLIER_SIGMA = 5

/**
 * Least squares of `values` over `times_s`, repeated without outliers until none is left (at most 4 times).
 * @returns null when fewer than 12 points remain.
 */
export function robustQuadratic(
  times_s: Float64Array,
  values: Float64Array,
  centre_s: number,
): Quadratic | null {
  if (values.length < FEWEST) return null
  const middle = medianOf(values)
  const spread = medianOf(values.map((value) => Math.abs(value - middle)))
  let fit: Quadratic = { centre_s, c0: middle, c1: 0, c2: 0 }
  let limit = 10 * spread
  let count = 0
  for (let round = 0; round < 4; round++) {
    const kept = inliers(times_s, values, fit, limit)
    if (kept.times_s.length < FEWEST) return null
    if (round > 0 && kept.times_s.length === count) return fit
    count = kept.times_s.length
    fit = leastSquares(kept.times_s, kept.values, centre_s)
    limit = OUTLIER_SIGMA * 1.4826 * medianOf(distances(kept.times_s, kept.values, fit))
    if (limit === 0) return fit
  }
  return fit
}

/** Value of a quadratic at a time in seconds. */
export function evaluate({ centre_s, c0, c1, c2 }: Quadratic, time_s: number): number {
  const u = time_s - centre_s
  return c0 + u * (c1 + u * c2)
}

function distances(times_s: Float64Array, values: Float64Array, fit: Quadratic): Float64Array {
  return values.map((value, i) => Math.abs(value - evaluate(fit, times_s[i])))
}

function inliers(times_s: Float64Array, values: Float64Array, fit: Quadratic, limit: number) {
  const kept = {
    times_s: new Float64Array(times_s.length),
    values: new Float64Array(times_s.length),
  }
  let count = 0
  for (let i = 0; i < times_s.length; i++) {
    if (Math.abs(values[i] - evaluate(fit, times_s[i])) > limit) continue
    kept.times_s[count] = times_s[i]
    kept.values[count++] = values[i]
  }
  return { times_s: kept.times_s.subarray(0, count), values: kept.values.subarray(0, count) }
}

/** Median of at most some 500 of the values, evenly taken: it only sets a scale. */
function medianOf(values: Float64Array): number {
  const step = Math.ceil(values.length / 500)
  const few = new Float64Array(Math.ceil(values.length / step))
  for (let i = 0; i < few.length; i++) few[i] = values[i * step]
  return few.sort()[few.length >> 1]
}

/** Normal equations in u scaled to about one, solved by Cramer's rule. */
function leastSquares(times_s: Float64Array, values: Float64Array, centre_s: number): Quadratic {
  const ends = [times_s[0], times_s[times_s.length - 1]]
  const scale = Math.max(...ends.map((time) => Math.abs(time - centre_s))) || 1
  const offset = values[0]
  let [s1, s2, s3, s4, r0, r1, r2] = [0, 0, 0, 0, 0, 0, 0]
  for (let i = 0; i < times_s.length; i++) {
    const u = (times_s[i] - centre_s) / scale
    const value = values[i] - offset
    const uu = u * u
    s1 += u
    s2 += uu
    s3 += u * uu
    s4 += uu * uu
    r0 += value
    r1 += u * value
    r2 += uu * value
  }
  const [a, b, c] = solve3([times_s.length, s1, s2], [s1, s2, s3], [s2, s3, s4], [r0, r1, r2])
  return { centre_s, c0: a + offset, c1: b / scale, c2: c / (scale * scale) }
}

function solve3(x: number[], y: number[], z: number[], right: number[]): number[] {
  const whole = determinant(x, y, z)
  return [determinant(right, y, z), determinant(x, right, z), determinant(x, y, right)].map(
    (part) => part / whole,
  )
}

const determinant = (a: number[], b: number[], c: number[]): number =>
  a[0] * (b[1] * c[2] - b[2] * c[1]) -
  b[0] * (a[1] * c[2] - a[2] * c[1]) +
  c[0] * (a[1] * b[2] - a[2] * b[1])
