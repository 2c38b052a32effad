/**
 * Secret key that a window is expected to yield: the mission's finite-key bound, or the protocol's default
 * (two-basis.ts), on expected counts.
 * Modelled: counts of expectation.ts at each second's middle, 2 % of every basis disclosed as sample and removed,
 * a reconciliation leak of 1.16 n h(q). Limit: the bound of the mean counts, not the mean of the bound; fluctuations
 * and the key spent on authentication are left out.
 */
import { expectedCounts, type Expectation } from '../link/expectation'
import { linkAlongTrack } from '../link/along-track'
import type { Security } from '../model/mission'
import type { BasisCounts, Counts } from '../model/report'
import type { MissionSatellite } from '../model/resolved-mission'
import type { Station } from '../model/station'
import type { Payload } from '../model/payload'
import { passTrack } from '../orbit/track'
import { binaryEntropy } from '../qkd/entropy'
import { twoBasisKeyLength } from '../qkd/two-basis'
import type { Window } from './exchange-window'

const SAMPLE_SHARE = 0.02
const EFFICIENCY_F = 1.16

export interface ExpectedKey {
  secret_bits: number
  expectation: Expectation
  /** Why the bound leaves nothing, when it does. */
  reason?: string
}

/** Middles and lengths of the window's seconds; the last one may be short. */
function secondsOf({ from_ms, to_ms }: Window): { times_ms: Float64Array; weights_s: number[] } {
  const count = Math.max(1, Math.ceil((to_ms - from_ms) / 1000))
  const weights_s = Array.from({ length: count }, (_, i) =>
    Math.min(1, (to_ms - from_ms) / 1000 - i),
  )
  return {
    times_ms: Float64Array.from(weights_s, (w, i) => from_ms + (i + w / 2) * 1000),
    weights_s,
  }
}

/** A satellite that sends weak pulses, not pairs. */
export type PulsedSatellite = MissionSatellite & { payload: Payload }

/** Expected detections, counts and errors over an exchange window. */
export function expectedOver(
  satellite: PulsedSatellite,
  station: Station,
  window: Window,
): Expectation {
  const { times_ms, weights_s } = secondsOf(window)
  const track = passTrack({ elements: satellite.record.elements, station, times_ms })
  const points = linkAlongTrack(satellite.payload, station, track)
  return expectedCounts(points.map(({ second }, i) => ({ second, weight_s: weights_s[i] })))
}

const kept = (counts: Counts): Counts =>
  counts.map((n) => Math.floor(n * (1 - SAMPLE_SHARE))) as Counts
const keptBases = ({ x, z }: BasisCounts): BasisCounts => ({ x: kept(x), z: kept(z) })
const sum = (counts: Counts): number => counts[0] + counts[1] + counts[2]

function modelledLeak_bits(counts: Counts, errors: Counts): number {
  const n = sum(counts)
  return n > 0 ? EFFICIENCY_F * n * binaryEntropy(Math.min(0.5, sum(errors) / n)) : 0
}

/**
 * Key expected from expected counts, bits.
 * @throws when the security parameters or intensities are impossible, or the bound does not fit the payload.
 */
export function expectedKey(
  payload: Payload,
  security: Security,
  expectation: Expectation,
): ExpectedKey {
  const counts = keptBases(expectation.counts)
  const errors = keptBases(expectation.errors)
  const leak = {
    x: modelledLeak_bits(counts.x, errors.x),
    z: modelledLeak_bits(counts.z, errors.z),
  }
  const { secret_bits, reason } = twoBasisKeyLength(counts, errors, leak, payload, security)
  return { secret_bits, expectation, ...(reason === undefined ? {} : { reason }) }
}
