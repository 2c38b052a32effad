/** Places in a chart with two logarithmic axes: decades as ticks, curves cut off at the floor. */

export interface LogAxis {
  /** Both above 0. */
  low: number
  high: number
  /** Where low and high lie, px; `from` may be the larger, for an axis that grows upwards. */
  from: number
  to: number
}

/** Place of a value; what lies outside is held at the axis' end. */
export function place({ low, high, from, to }: LogAxis, value: number): number {
  const share = Math.log(Math.max(value, low) / low) / Math.log(high / low)
  return from + Math.min(1, share) * (to - from)
}

/** Powers of ten within the axis, every `step`-th. */
export function decades({ low, high }: LogAxis, step = 1): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9)
  const last = Math.floor(Math.log10(high) + 1e-9)
  const count = Math.floor((last - first) / step) + 1
  return Array.from({ length: Math.max(0, count) }, (_, i) => 10 ** (first + i * step))
}

/** The power of ten at or above a value. */
export const decadeAbove = (value: number): number => 10 ** Math.ceil(Math.log10(value) - 1e-9)

const rounded = (value: number): string => value.toFixed(1)

/**
 * An SVG path through the points above the floor; where a curve ends, the next point at the floor closes it.
 * @param xs ascending; @param ys what is not above the floor counts as none.
 */
export function curvePath(x: LogAxis, y: LogAxis, xs: Float64Array, ys: Float64Array): string {
  const ends = ys.findIndex((value) => !(value > y.low))
  const count = ends < 0 ? xs.length : ends === 0 ? 0 : ends + 1
  return Array.from(xs.subarray(0, count), (value, i) => {
    const at = `${rounded(place(x, value))} ${rounded(place(y, ys[i] ?? 0))}`
    return `${i ? 'L' : 'M'}${at}`
  }).join('')
}

/** Distance at which a falling curve passes a level, or undefined when it never does: where its label stands. */
export function reaches(xs: Float64Array, ys: Float64Array, level: number): number | undefined {
  const at = ys.findIndex((value) => value < level)
  return at > 0 ? xs[at] : undefined
}
