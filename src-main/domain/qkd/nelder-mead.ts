/**
 * Downhill simplex for a few smooth or slightly kinked variables, deterministic.
 * Source: Nelder, Mead, Computer J. 7, 308 (1965), with the dimension-dependent coefficients of Gao, Han,
 * Comput. Optim. Appl. 51, 259 (2012). Limit: a local search; it may stop early on a ridge, so callers restart it.
 */

const SMALLEST_SPREAD = 1e-6

interface Vertex {
  at: number[]
  value: number
}

export interface SimplexOptions {
  /** First step along each axis. */
  step: number
  maxEvaluations: number
  /** Stops when the simplex' values differ by less than this share of the best, or by less than 1e-6. */
  tolerance: number
}

const mix = (a: number[], b: number[], t: number): number[] => a.map((v, i) => v + t * (b[i] - v))

/**
 * Point of the largest value found, never worse than the start.
 * @param objective to be made large; may be -Infinity where a point is forbidden.
 */
export function climb(
  objective: (at: number[]) => number,
  start: number[],
  { step, maxEvaluations, tolerance }: SimplexOptions,
): Vertex {
  const n = start.length
  let left = maxEvaluations
  const vertex = (at: number[]): Vertex => {
    left--
    return { at, value: objective(at) }
  }
  const simplex = [vertex(start)]
  start.forEach((_, i) => simplex.push(vertex(start.map((v, j) => (i === j ? v + step : v)))))
  const order = () => simplex.sort((a, b) => b.value - a.value)
  order()
  const spread = () => simplex[0].value - simplex[n].value
  while (left > 0 && spread() > tolerance * Math.abs(simplex[0].value) + SMALLEST_SPREAD) {
    const better = replacement(simplex, vertex)
    if (better) simplex[n] = better
    else
      for (let i = 1; i <= n; i++) simplex[i] = vertex(mix(simplex[0].at, simplex[i].at, 1 - 1 / n))
    order()
  }
  return simplex[0]
}

/** A vertex to put in the worst one's place, or nothing when the simplex has to shrink. */
function replacement(simplex: Vertex[], vertex: (at: number[]) => Vertex): Vertex | undefined {
  const n = simplex.length - 1
  const worst = simplex[n]
  const centre = worst.at.map((_, j) => simplex.slice(0, n).reduce((s, v) => s + v.at[j], 0) / n)
  const toward = (t: number) => vertex(mix(centre, worst.at, t))
  const reflected = toward(-1)
  if (reflected.value > simplex[0].value) {
    const expanded = toward(-1 - 2 / n)
    return expanded.value > reflected.value ? expanded : reflected
  }
  if (reflected.value > simplex[n - 1].value) return reflected
  const outside = reflected.value > worst.value
  const contracted = toward((outside ? -1 : 1) * (0.75 - 1 / (2 * n)))
  return contracted.value > Math.max(reflected.value, worst.value) ? contracted : undefined
}
