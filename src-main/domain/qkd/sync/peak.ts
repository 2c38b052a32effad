/** The highest peak of a correlation above its own background, and how sure it is. */

export interface Peak {
  /** Bins that the second stream comes after the first. */
  lag: number
  /** Pairs above the background. */
  excess: number
  /** -ln of the chance of such an excess in one place without correlation. */
  score: number
}

/** Places over which the background counts as constant. */
const BLOCK = 1024

/**
 * Peak of a folded correlation (TagCorrelator.correlate) among the lags allowed.
 * The background's mean and variance are those of its block, the peak left out.
 */
export function highestPeak(correlation: Float64Array, from: number, to: number): Peak {
  const places = correlation.length
  let best = { place: 0, sign: 1, height: -1 }
  for (let start = 0; start < places; start += BLOCK) {
    const found = highestOfBlock(correlation, start, Math.min(start + BLOCK, places), from, to)
    if (found.height > best.height) best = found
  }
  const { mean, variance } = background(correlation, best.place)
  const excess = best.sign * (correlation[best.place] - mean)
  const lag = best.sign > 0 ? best.place : best.place - places
  return { lag, excess, score: poissonScore(excess, variance) }
}

/**
 * -ln of a bound on the chance that a Poisson count of this mean exceeds it by `excess` (Chernoff):
 * k ln(k / mean) - k + mean with k = mean + excess; z^2 / 2 where the law is near a normal one.
 */
export function poissonScore(excess: number, mean: number): number {
  if (!(excess > 0)) return 0
  const floor = Math.max(mean, 1e-6)
  const count = floor + excess
  return count * Math.log(count / floor) - excess
}

function highestOfBlock(c: Float64Array, start: number, end: number, from: number, to: number) {
  let [sum, squares] = [0, 0]
  for (let i = start; i < end; i++) {
    sum += c[i]
    squares += c[i] * c[i]
  }
  const mean = sum / (end - start)
  const spread = Math.sqrt(Math.max(squares / (end - start) - mean * mean, 0) + 1)
  const best = { place: start, sign: 1, height: -1 }
  for (let place = start; place < end; place++) {
    const height = c[place] - mean
    if (height > best.height * spread && place >= from && place <= to) {
      Object.assign(best, { place, sign: 1, height: height / spread })
    }
    const negative = place - c.length
    if (-height > best.height * spread && negative >= from && negative <= to) {
      Object.assign(best, { place, sign: -1, height: -height / spread })
    }
  }
  return best
}

/** Mean and variance around a place, without it and its two neighbours on either side. */
function background(c: Float64Array, place: number): { mean: number; variance: number } {
  let [sum, squares, count] = [0, 0, 0]
  const end = Math.min(place + BLOCK / 2, c.length)
  for (let i = Math.max(place - BLOCK / 2, 0); i < end; i++) {
    if (Math.abs(i - place) <= 2) continue
    sum += c[i]
    squares += c[i] * c[i]
    count++
  }
  const mean = sum / count
  return { mean, variance: Math.max(squares / count - mean * mean, 0) }
}
