/**
 * Follows the offset between two clocks along a pass, window by window from where it was found, to both ends.
 * Each window is searched about the straight line through the last nodes; after windows without coincidences
 * (cloud) the search widens by what the drift may have gone astray. With flight times taken off
 * beforehand (emissionTimes) only the clocks and the ephemeris' error are left to follow.
 * Limit: a gap over which the drift goes astray by more than the widest search (100 ns) ends the track there.
 */
import type { ClockOffset, OffsetTrack } from './clock-offset'
import type { FoundOffset } from './find-offset'
import { poissonScore } from './peak'
import { lineThrough } from './refine-offset'
import { pairsNear, type TagPairs } from './tag-pairs'

export interface TrackOptions {
  /** Length of a window; by default as long as 100 coincidences of the stretch found take, 50 ms to 20 s. */
  step_ps?: number
  /** Jitter of a pair, about its standard deviation. */
  resolution_ps?: number
  /** Drift error that may gather in a gap, s/s. */
  wander?: number
}

const WIDEST_PS = 1e5
/** -ln of the chance that a window is taken for coincidences by accident. */
const SURE = 12
/** Nodes that a window's drift is foretold from. */
const MEMORY = 8

/**
 * Nodes over the whole of the first stream.
 * @param a_ps tags of the first clock, ascending, on the emission time scale; @param b_ps of the second.
 */
export function trackOffset(
  a_ps: Float64Array,
  b_ps: Float64Array,
  found: FoundOffset,
  options: TrackOptions = {},
): OffsetTrack {
  const rate = found.coincidences / (found.to_ps - found.from_ps)
  const step_ps = options.step_ps ?? Math.min(Math.max(100 / rate, 5e10), 2e13)
  const { resolution_ps = 1000, wander = 2e-9 } = options
  const walk = { a_ps, b_ps, found, step_ps, resolution_ps, wander }
  const later = follow(walk, 1)
  const earlier = follow(walk, -1)
  const windows = [...earlier.reverse(), ...later]
  const nodes = windows.map(({ node }) => node)
  if (nodes.length === 0) return { nodes: [found], residual_ps: found.residual_ps }
  const squares = windows.reduce((sum, { residual_ps }) => sum + residual_ps ** 2, 0)
  return { nodes, residual_ps: Math.sqrt(squares / windows.length) }
}

interface Walk {
  a_ps: Float64Array
  b_ps: Float64Array
  found: FoundOffset
  step_ps: number
  resolution_ps: number
  wander: number
}

interface Window {
  node: ClockOffset
  residual_ps: number
}

function follow(walk: Walk, direction: 1 | -1): Window[] {
  const { a_ps, found, step_ps } = walk
  const windows: Window[] = []
  const ends = [a_ps[0], a_ps[a_ps.length - 1]]
  let known: ClockOffset[] = [found]
  // The window that the middle of the stretch begins belongs to the way forward.
  let at_ps = found.at_ps + (direction * step_ps) / 2
  while (at_ps + step_ps / 2 > ends[0] && at_ps - step_ps / 2 <= ends[1]) {
    const window = windowAt(walk, at_ps, known)
    if (window) {
      windows.push(window)
      known = [...known, window.node].slice(-MEMORY)
    }
    at_ps += direction * step_ps
  }
  return windows
}

function windowAt(walk: Walk, at_ps: number, known: ClockOffset[]): Window | null {
  const { step_ps, resolution_ps, wander } = walk
  const expected = foretold(known, at_ps)
  const gap_ps = Math.abs(at_ps - known[known.length - 1].at_ps)
  const reach_ps = Math.min(6 * resolution_ps + wander * gap_ps, WIDEST_PS)
  const [from_ps, to_ps] = [at_ps - step_ps / 2, at_ps + step_ps / 2]
  const pairs = pairsNear(walk.a_ps, walk.b_ps, expected, { from_ps, to_ps, reach_ps })
  const start = densest(pairs, reach_ps, resolution_ps)
  if (start === null) return null
  const line = lineThrough(pairs, { offset_ps: start, drift: 0 }, resolution_ps)
  if (!line) return null
  const node = { at_ps, offset_ps: expected.offset_ps + line.offset_ps, drift: expected.drift }
  return { node, residual_ps: line.residual_ps }
}

/** The line through the last nodes, at an instant; one node gives its own drift. */
function foretold(known: ClockOffset[], at_ps: number): ClockOffset {
  const last = known[known.length - 1]
  const first = known[0]
  const baseline_ps = last.at_ps - first.at_ps
  const drift = baseline_ps === 0 ? last.drift : (last.offset_ps - first.offset_ps) / baseline_ps
  return { at_ps, offset_ps: last.offset_ps + drift * (at_ps - last.at_ps), drift }
}

/** Middle of the densest two bins of twice the resolution; null when chance explains it. */
function densest(pairs: TagPairs, reach_ps: number, resolution_ps: number): number | null {
  const bins = new Uint32Array(Math.ceil(reach_ps / resolution_ps) + 1)
  for (const difference of pairs.difference_ps) {
    bins[Math.floor((difference + reach_ps) / (2 * resolution_ps))]++
  }
  let best = { place: -1, count: 0 }
  for (let i = 0; i + 1 < bins.length; i++) {
    if (bins[i] + bins[i + 1] > best.count) best = { place: i, count: bins[i] + bins[i + 1] }
  }
  const beside = (2 * (pairs.difference_ps.length - best.count)) / Math.max(bins.length - 2, 1)
  if (poissonScore(best.count - beside, beside) < SURE + Math.log(bins.length)) return null
  return 2 * resolution_ps * (best.place + 1) - reach_ps
}
