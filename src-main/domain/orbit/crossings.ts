/**
 * Extremes and level crossings of a smooth function of time.
 * Method: samples on a grid; every extreme that the grid shows is refined by golden section and
 * becomes a sample itself, so that a graze between two samples is not lost; then one root for each
 * change of side, by bisection. All loops are bounded.
 * Limit: an up and a down that both fit between two neighbouring samples are not seen.
 */

export interface Sample {
  utc_ms: number
  value: number
}

export interface Crossing {
  utc_ms: number
  rising: boolean
}

type Curve = (utc_ms: number) => number

const GOLDEN = (Math.sqrt(5) - 1) / 2

/** Instant of the maximum within [from, to], to the tolerance; exact for a curve with one maximum. */
export function maximum(curve: Curve, from_ms: number, to_ms: number, tolerance_ms = 0.05): Sample {
  let [low, high] = [from_ms, to_ms]
  let left = high - GOLDEN * (high - low)
  let right = low + GOLDEN * (high - low)
  let [leftValue, rightValue] = [curve(left), curve(right)]
  for (let step = 0; step < 100 && high - low > tolerance_ms; step += 1) {
    if (leftValue >= rightValue) {
      ;[high, right, rightValue] = [right, left, leftValue]
      left = high - GOLDEN * (high - low)
      leftValue = curve(left)
    } else {
      ;[low, left, leftValue] = [left, right, rightValue]
      right = low + GOLDEN * (high - low)
      rightValue = curve(right)
    }
  }
  return leftValue >= rightValue
    ? { utc_ms: left, value: leftValue }
    : { utc_ms: right, value: rightValue }
}

/** Instant of the minimum within [from, to]; the value is the curve's. */
export function minimum(curve: Curve, from_ms: number, to_ms: number): Sample {
  const found = maximum((utc_ms) => -curve(utc_ms), from_ms, to_ms)
  return { utc_ms: found.utc_ms, value: -found.value }
}

/** Where the curve passes the level between two samples on either side of it, to 0.1 ms. */
function crossingBetween(curve: Curve, level: number, before: Sample, after: Sample): Crossing {
  const rising = after.value > before.value
  let [low, high] = [before.utc_ms, after.utc_ms]
  for (let step = 0; step < 60 && high - low > 0.1; step += 1) {
    const middle = (low + high) / 2
    if (curve(middle) > level === rising) high = middle
    else low = middle
  }
  return { utc_ms: (low + high) / 2, rising }
}

/** Samples of [from, to] at most a step apart, both ends included. */
export function sampled(curve: Curve, from_ms: number, to_ms: number, step_ms: number): Sample[] {
  const count = Math.max(2, Math.ceil((to_ms - from_ms) / step_ms))
  return Array.from({ length: count + 1 }, (_, index) => {
    const utc_ms = from_ms + ((to_ms - from_ms) * index) / count
    return { utc_ms, value: curve(utc_ms) }
  })
}

/**
 * Adds the extremes that matter for a level: peaks whose samples are not above it, dips whose
 * samples are not below it.
 */
export function withExtremes(curve: Curve, samples: Sample[], level: number): Sample[] {
  const found = [...samples]
  for (let at = 1; at + 1 < samples.length; at += 1) {
    const [before, here, after] = samples.slice(at - 1, at + 2) as [Sample, Sample, Sample]
    const peak = here.value >= before.value && here.value > after.value && here.value <= level
    const dip = here.value <= before.value && here.value < after.value && here.value > level
    if (peak) found.push(maximum(curve, before.utc_ms, after.utc_ms))
    if (dip) found.push(minimum(curve, before.utc_ms, after.utc_ms))
  }
  return found.sort((a, b) => a.utc_ms - b.utc_ms)
}

/** Every passage of the curve through the level, in time order; samples from `withExtremes`. */
export function crossings(curve: Curve, samples: Sample[], level: number): Crossing[] {
  const found: Crossing[] = []
  for (let at = 1; at < samples.length; at += 1) {
    const [before, after] = samples.slice(at - 1, at + 1) as [Sample, Sample]
    if (before.value > level !== after.value > level)
      found.push(crossingBetween(curve, level, before, after))
  }
  return found
}
