/** Round scales: three to five ticks on a value axis, round seconds on a time axis. */

export interface ValueScale {
  low: number
  high: number
  step: number
}

/**
 * The narrowest round scale with at most four steps that holds a range.
 * @returns low and high at multiples of the step 1, 2, 2.5 or 5 times a power of ten.
 */
export function roundScale(low: number, high: number): ValueScale {
  if (!(high > low)) return roundScale(Math.min(low || 0, 0), Math.max(high || 0, low || 0, 1))
  const decade = 10 ** Math.floor(Math.log10((high - low) / 4))
  for (const factor of [1, 2, 2.5, 5, 10, 20]) {
    const step = factor * decade
    const from = Math.floor(low / step + 1e-9) * step
    const to = Math.ceil(high / step - 1e-9) * step
    if (Math.round((to - from) / step) <= 4) return { low: from, high: to, step }
  }
  return { low, high, step: (high - low) / 4 }
}

/** Ticks of a scale, low to high; the high end needs not be one. */
export const valueTicks = ({ low, high, step }: ValueScale): number[] =>
  Array.from({ length: Math.floor((high - low) / step + 1e-9) + 1 }, (_, tick) => low + tick * step)

/** Decimals that tell the ticks of a step apart. */
export function stepDecimals(step: number): number {
  for (let decimals = 0; decimals < 6; decimals += 1)
    if (Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) < 1e-6) return decimals
  return 6
}

/** Least and greatest of the values that exist, across curves; [NaN, NaN] without any. */
export function extent(curves: readonly ArrayLike<number>[]): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const values of curves)
    for (let row = 0; row < values.length; row += 1) {
      const value = values[row] ?? NaN
      if (value < low) low = value
      if (value > high) high = value
    }
  return low > high ? [NaN, NaN] : [low, high]
}

const TIME_STEPS_S = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21_600]

/** Round instants, s, between two, at most `count` of them. */
export function timeTicks(from_s: number, to_s: number, count: number): number[] {
  const step =
    TIME_STEPS_S.find((length) => (to_s - from_s) / length <= Math.max(count, 1)) ?? 86_400
  const first = Math.ceil(from_s / step)
  const last = Math.floor(to_s / step)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, tick) => (first + tick) * step)
}
