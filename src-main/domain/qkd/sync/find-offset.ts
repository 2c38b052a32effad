/**
 * Offset and drift between two clocks from their time tags alone, for photon pairs of which each clock saw some.
 * A growing stretch of the streams is searched for a grid of drifts until one peak stands out beyond chance: by FFT
 * correlation, or difference by difference where these are few (a small span). The peak is then refined to the
 * jitter. Flight times that differ along a pass are to be taken off first
 * (emissionTimes), so that what is left is the clocks' and nearly straight.
 * Ho, Lamas-Linares, Kurtsiefer, New J. Phys. 11, 045011 (2009).
 * Limits: coincidences must reach about 7 sigma of the accidentals in a bin over a stretch in which the
 * drift is straight; the finer the bin (a small span) the fewer pairs are needed.
 */
import type { ClockOffset } from './clock-offset'
import { TagCorrelator } from './correlation'
import { driftsEachSide, searchDirectly, type DirectPeak } from './direct-search'
import { highestPeak } from './peak'
import { refineOffset, type Line } from './refine-offset'
import { firstNotBelow, pairsNear } from './tag-pairs'

export interface FindOffsetOptions {
  /** The offset is known to lie within this of `prior_ps`; 1 s by default. */
  span_ps?: number
  prior_ps?: number
  /** Largest drift to expect, s/s; 1e-6 by default. */
  maxDrift?: number
  /** Width of coarse bins; by default as many as 2^20 in the span, at least 10 ns. */
  bin_ps?: number
  /** Jitter of a pair, about its standard deviation: width of the finest bins. */
  resolution_ps?: number
}

export interface FoundOffset extends ClockOffset {
  /** Pairs above the background in the stretch used, and background among them. */
  coincidences: number
  accidentals: number
  residual_ps: number
  /** -ln of the chance of the coarse peak anywhere on the search grid. */
  score: number
  /** The stretch of the first clock's readings that was used. */
  from_ps: number
  to_ps: number
}

interface Search {
  span_ps: number
  prior_ps: number
  maxDrift: number
  bin_ps: number
  resolution_ps: number
  places: number
}

interface Stretch {
  from_ps: number
  to_ps: number
}

/** Offset at the middle of the stretch. */
type CoarsePeak = DirectPeak

/** A false alarm in 1e9 searches. */
const SURE = 20
/** Correlations of one stretch, times places, at most; and differences, times drifts. */
const WORK = 2 ** 26
const DIRECT_WORK = 2 ** 29
/** Differences of one stretch that are listed, at most. */
const LISTED = 2 ** 22

/**
 * Searches the whole streams' offset.
 * @param a_ps tags of the first clock, ascending, on the emission time scale; @param b_ps of the second.
 * @returns null when no peak stands out.
 * @throws when an option is out of range.
 */
export function findOffset(
  a_ps: Float64Array,
  b_ps: Float64Array,
  options: FindOffsetOptions = {},
): FoundOffset | null {
  const search = searchOf(options)
  if (a_ps.length < 2 || b_ps.length < 2) return null
  const whole_ps = a_ps[a_ps.length - 1] - a_ps[0] + 1
  const pairs = (a_ps.length * b_ps.length * 2 * search.span_ps) / whole_ps
  const coarse = pairs < LISTED ? direct(a_ps, b_ps, search) : byTransform(a_ps, b_ps, search)
  let duration_ps = Math.min(search.bin_ps / search.maxDrift, whole_ps)
  for (;;) {
    const stretch = { from_ps: a_ps[0], to_ps: a_ps[0] + duration_ps }
    const peak = coarse(stretch)
    if (!peak) return null
    const found = peak.score > SURE ? refined(a_ps, b_ps, search, stretch, peak) : null
    if (found || duration_ps >= whole_ps) return found
    duration_ps = Math.min(2 * duration_ps, whole_ps)
  }
}

/** A coarse search of a stretch; null when it would take more work than is reasonable. */
type CoarseSearch = (stretch: Stretch) => CoarsePeak | null

function searchOf(options: FindOffsetOptions): Search {
  const { span_ps = 1e12, prior_ps = 0, maxDrift = 1e-6, resolution_ps = 1000 } = options
  const bin_ps = options.bin_ps ?? Math.max(1e4, span_ps / 2 ** 20, 4 * resolution_ps)
  const positive = { span_ps, maxDrift, bin_ps, resolution_ps }
  for (const [name, value] of Object.entries(positive)) {
    if (!(value > 0 && value < Infinity))
      throw new Error(`Finding a clock offset: ${name} is ${value}; give a positive number.`)
  }
  const places = Math.max(2 ** Math.ceil(Math.log2(span_ps / bin_ps + 2)), 2048)
  if (places > 2 ** 24)
    throw new Error(
      `Finding a clock offset: a span of ${span_ps} ps in bins of ${bin_ps} ps takes ${places} places; take wider bins.`,
    )
  return { ...positive, prior_ps, places }
}

const driftSteps = ({ maxDrift, bin_ps }: Search, duration_ps: number): number =>
  2 * Math.ceil((maxDrift * duration_ps) / bin_ps) + 1

function direct(a_ps: Float64Array, b_ps: Float64Array, search: Search): CoarseSearch {
  const { span_ps, prior_ps } = search
  return ({ from_ps, to_ps }) => {
    const grid = { ...search, duration_ps: to_ps - from_ps }
    const about = { at_ps: (from_ps + to_ps) / 2, offset_ps: prior_ps, drift: 0 }
    const pairs = pairsNear(a_ps, b_ps, about, { from_ps, to_ps, reach_ps: span_ps })
    if (pairs.time_ps.length * driftsEachSide(grid) * 2 > DIRECT_WORK) return null
    const peak = searchDirectly(pairs, grid)
    return { ...peak, offset_ps: prior_ps + peak.offset_ps }
  }
}

function byTransform(a_ps: Float64Array, b_ps: Float64Array, search: Search): CoarseSearch {
  const correlator = new TagCorrelator(search.places)
  return (stretch) => {
    const steps = driftSteps(search, stretch.to_ps - stretch.from_ps)
    if (steps > WORK / search.places) return null
    return searchStretch(a_ps, b_ps, search, stretch, correlator)
  }
}

/** The best peak over the grid of drifts, scored against the size of the whole grid. */
function searchStretch(
  a_ps: Float64Array,
  b_ps: Float64Array,
  search: Search,
  { from_ps, to_ps }: Stretch,
  correlator: TagCorrelator,
): CoarsePeak {
  const { span_ps, prior_ps, bin_ps, maxDrift } = search
  const reach_ps = span_ps + maxDrift * (to_ps - from_ps)
  const b = cut(b_ps, from_ps + prior_ps - reach_ps, to_ps + prior_ps + reach_ps)
  correlator.setFirst(cut(a_ps, from_ps, to_ps), { zero_ps: from_ps, bin_ps, stretch: 1 })
  const steps = driftSteps(search, to_ps - from_ps)
  const limit = span_ps / bin_ps
  let best = { lag: 0, score: -Infinity, drift: 0 }
  for (let k = 0; k < steps; k++) {
    const drift = maxDrift * ((2 * k) / (steps - 1) - 1)
    const binning = { zero_ps: from_ps + prior_ps, bin_ps, stretch: 1 / (1 + drift) }
    const { lag, score } = highestPeak(correlator.correlate(b, binning), -limit, limit)
    if (score > best.score) best = { lag, score, drift }
  }
  const start_ps = prior_ps + best.lag * bin_ps * (1 + best.drift)
  const offset_ps = start_ps + (best.drift * (to_ps - from_ps)) / 2
  return { offset_ps, drift: best.drift, score: best.score - Math.log(2 * limit * steps) }
}

function refined(
  a_ps: Float64Array,
  b_ps: Float64Array,
  search: Search,
  { from_ps, to_ps }: Stretch,
  peak: CoarsePeak,
): FoundOffset | null {
  const { bin_ps, resolution_ps } = search
  const duration_ps = to_ps - from_ps
  const about = { ...peak, at_ps: from_ps + duration_ps / 2 }
  const pairs = pairsNear(a_ps, b_ps, about, { from_ps, to_ps, reach_ps: 2 * bin_ps })
  const drift = (1.5 * bin_ps) / duration_ps
  const line = refineOffset(pairs, { bin_ps, drift, resolution_ps, duration_ps })
  return line && { ...found(about, line), score: peak.score, from_ps, to_ps }
}

const found = (about: ClockOffset, line: Line) => ({
  at_ps: about.at_ps,
  offset_ps: about.offset_ps + line.offset_ps,
  drift: about.drift + line.drift,
  coincidences: line.coincidences,
  accidentals: line.accidentals,
  residual_ps: line.residual_ps,
})

const cut = (times_ps: Float64Array, from_ps: number, to_ps: number): Float64Array =>
  times_ps.subarray(firstNotBelow(times_ps, from_ps), firstNotBelow(times_ps, to_ps))
