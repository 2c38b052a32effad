/** A short, bright entangled link for tests: two ranges that change along it, constant losses, quiet detectors. */
import type { PairEnd, PairWorldSetup } from '../pair-world-protocol'

export interface BrightLink {
  seconds: number
  protocol?: PairWorldSetup['protocol']
  pair_rate_Hz?: number
  visibility?: number
  transmittance?: [number, number]
  background_Hz?: number
  jitter_ns?: number
  /** Bob's clock. */
  offset_s?: number
  drift?: number
  seed?: number
}

const column = (rows: number, value: (second: number) => number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => value(i))

/** Straight flight past a station at 7.1 km/s, nearest after `tca_s`. */
function end(link: BrightLink, near_m: number, tca_s: number, transmittance: number): PairEnd {
  const rows = link.seconds + 3
  const range = (s: number): number => Math.hypot(near_m, 7100 * (s - tca_s))
  return {
    profile: {
      utc_ms: column(rows, (s) => 1000 * s),
      range_m: column(rows, range),
      rangeRate_m_s: column(rows, (s) => (7100 ** 2 * (s - tca_s)) / range(s)),
      transmittance: column(rows, () => transmittance),
      background_Hz: column(rows, () => link.background_Hz ?? 200),
    },
    receiver: {
      timing_jitter_ns: link.jitter_ns ?? 0.3,
      dead_time_ns: 0,
      afterpulse_probability: 0,
      dark_count_rate_Hz: 100,
    },
    clock: { offset_s: -40e-9, drift: -5e-10 },
  }
}

/** The world of such a link. */
export function brightLink(link: BrightLink): PairWorldSetup {
  const [a, b] = link.transmittance ?? [0.2, 0.2]
  const bob = end(link, 700e3, link.seconds - 20, b)
  return {
    seed: link.seed ?? 1,
    protocol: link.protocol ?? 'bbm92',
    source: { pair_rate_Hz: link.pair_rate_Hz ?? 2e5, visibility: link.visibility ?? 0.95 },
    alice: end(link, 900e3, 60, a),
    bob: { ...bob, clock: { offset_s: link.offset_s ?? 80e-9, drift: link.drift ?? 1e-9 } },
    epoch_ms: 0,
    clouds: [],
    interceptions: [],
  }
}
