/**
 * Key per day between two cities against their distance: direct fibre, fibre with trusted nodes, trusted satellite.
 * All three by the same expectation (expectation.ts) and finite-key bound (two-basis.ts); the repeaterless bound of
 * Pirandola et al., Nat. Commun. 8, 15043 (2017) stands beside the direct fibre.
 * - Direct fibre and each hop between nodes: one block a day. A chain's key is that of one hop, because every hop
 *   runs at the same time and forwarding spends one bit of each hop a bit.
 * - Satellite: each city has its own usable passes; a pass is one block; the satellite keeps the keys and announces
 *   their XOR, so the key is that of one city and does not depend on distance.
 * Limits: typical pass instead of an orbit, one share of clear nights for both cities, fibre as long as the ground
 * distance, no key spent on authentication. The result carries its assumptions in words.
 */
import type { Security } from '../model/mission'
import type { Payload } from '../model/payload'
import { defaultProof } from '../model/proof'
import type { Receiver, Station } from '../model/station'
import { radians } from '../model/units'
import { expectedKey } from '../plan/expected-key'
import { protocolOf } from '../qkd/two-basis'
import { linkAlongTrack } from './along-track'
import { expectedCounts } from './expectation'
import { fibreKey, fibreTransmittance, plobBound, type FibreHop } from './fibre'
import { fibreReferencePayload, fibreReferenceReceiver } from './fibre-reference'
import { overheadPass, type PassGeometry } from './overhead-pass'
import { referencePayload, referenceStation } from './reference-case'

const DAY_S = 86_400

export interface ComparisonOptions {
  from_km: number
  to_km: number
  /** Points, evenly spaced in the logarithm of the distance. */
  points: number
  attenuation_dB_km: number
  /** Longest hop between trusted nodes. */
  nodeSpacing_km: number
  fibrePayload: Payload
  fibreReceiver: Receiver
  satellitePayload: Payload
  station: Station
  altitude_km: number
  maxElevation_deg: number
  maxRange_km: number
  /** Usable night passes a day over each city, before weather. */
  passesPerDay: number
  /** Share of them under a clear sky. */
  clearShare: number
  security: Security
}

/** Typed columns of the plot; key in secret bits per day. */
export interface SatelliteAgainstFibre {
  distance_km: Float64Array
  directFibre_bits: Float64Array
  /** Repeaterless bound (PLOB) of the same pulses over the same fibre. */
  repeaterlessBound_bits: Float64Array
  fibreWithNodes_bits: Float64Array
  /** Trusted nodes that the chain needs; the satellite is one. */
  fibreNodes: Float64Array
  satellite_bits: Float64Array
  assumptions: string[]
}

export const comparisonDefaults: ComparisonOptions = {
  from_km: 100,
  to_km: 10_000,
  points: 41,
  attenuation_dB_km: 0.2,
  nodeSpacing_km: 80,
  fibrePayload: fibreReferencePayload,
  fibreReceiver: fibreReferenceReceiver,
  satellitePayload: referencePayload,
  station: referenceStation,
  altitude_km: 500,
  maxElevation_deg: 50,
  maxRange_km: 1200,
  passesPerDay: 1,
  clearShare: 0.5,
  security: { eps_sec: 1e-9, eps_cor: 1e-15 },
}

function check(options: ComparisonOptions): void {
  const { from_km, to_km, points, nodeSpacing_km, passesPerDay, clearShare } = options
  const refuse = (what: string) => {
    throw new RangeError(`Satellite against fibre: ${what}`)
  }
  if (!(from_km > 0 && to_km > from_km)) refuse(`distances ${from_km} to ${to_km} km must ascend`)
  if (!(Number.isInteger(points) && points >= 2 && points <= 10_000))
    refuse(`${points} points; give a whole number from 2 to 10 000`)
  if (!(nodeSpacing_km > 0)) refuse(`nodes every ${nodeSpacing_km} km; give a length above 0`)
  if (!(passesPerDay >= 0 && clearShare >= 0 && clearShare <= 1))
    refuse(`${passesPerDay} passes, clear share ${clearShare}; give 0 or more and 0 to 1`)
}

/** Columns that the link model reads of a track: a dark night without the Moon. */
function moonless({ t_s, range_m, elevation_rad }: PassGeometry) {
  const all = (value: number) => new Float64Array(t_s.length).fill(value)
  const moon = {
    moonElevation_rad: all(-1),
    moonPhaseAngle_rad: all(0),
    moonSeparation_rad: all(1),
  }
  return { utc_ms: t_s.map((t) => t * 1000), range_m, elevation_rad, ...moon }
}

/** Key of one typical pass over one city, bits. */
export function typicalPassKey_bits(options: ComparisonOptions): number {
  const { satellitePayload, station, altitude_km, maxElevation_deg, maxRange_km } = options
  const geometry = overheadPass({
    altitude_m: altitude_km * 1000,
    maxElevation_rad: radians(maxElevation_deg),
    minElevation_rad: radians(station.site.min_elevation_deg),
    maxRange_m: maxRange_km * 1000,
  })
  const points = linkAlongTrack(satellitePayload, station, moonless(geometry))
  const expectation = expectedCounts(points)
  return expectedKey(satellitePayload, options.security, expectation).secret_bits
}

const hopOf = (options: ComparisonOptions, length_km: number): FibreHop => ({
  length_km,
  attenuation_dB_km: options.attenuation_dB_km,
  payload: options.fibrePayload,
  receiver: options.fibreReceiver,
})

const fibreKeyPerDay_bits = (options: ComparisonOptions, length_km: number): number =>
  fibreKey(hopOf(options, length_km), DAY_S, options.security).secret_bits

function distances_km({ from_km, to_km, points }: ComparisonOptions): Float64Array {
  const step = Math.log(to_km / from_km) / (points - 1)
  const inner = Float64Array.from({ length: points }, (_, i) => from_km * Math.exp(i * step))
  inner[points - 1] = to_km
  return inner
}

function assumptionsOf(options: ComparisonOptions): string[] {
  const { fibrePayload, satellitePayload, station } = options
  const proofOf = (source: Payload) => options.security.proof ?? defaultProof(protocolOf(source))
  const proofs = [...new Set([fibrePayload, satellitePayload].map(proofOf))].join(' and ')
  return [
    `fibre ${options.attenuation_dB_km} dB/km, as long as the ground distance; ${fibrePayload.name}, one block a day`,
    `repeaterless bound: -log2(1 - transmittance) per pulse at ${fibrePayload.pulse_rate_Hz / 1e6} MHz, ideal detectors`,
    `chain: a trusted node at most every ${options.nodeSpacing_km} km, every one of which knows the key`,
    `satellite: ${satellitePayload.name} at ${options.altitude_km} km, one trusted node; ${station.name}'s receiver in both cities`,
    `${options.passesPerDay} usable night pass a day over each city, highest at ${options.maxElevation_deg} deg, within ${options.maxRange_km} km, no Moon, ${100 * options.clearShare} % of the nights clear, each pass one block`,
    `key bound ${proofs}, eps_sec ${options.security.eps_sec}, eps_cor ${options.security.eps_cor}; 2 % of the bits disclosed as sample, leak 1.16 n h(q)`,
  ]
}

/**
 * The three curves with their assumptions, distances ascending.
 * @throws RangeError when the options are impossible, Error when the security does not fit the sources.
 */
export function satelliteAgainstFibre(
  changes: Partial<ComparisonOptions> = {},
): SatelliteAgainstFibre {
  const options = { ...comparisonDefaults, ...changes }
  check(options)
  const distance_km = distances_km(options)
  const hops = distance_km.map((distance) => Math.ceil(distance / options.nodeSpacing_km))
  const rate = options.fibrePayload.pulse_rate_Hz * DAY_S
  const bound = (km: number) => rate * plobBound(fibreTransmittance(km, options.attenuation_dB_km))
  const satellite = typicalPassKey_bits(options) * options.passesPerDay * options.clearShare
  return {
    distance_km,
    directFibre_bits: distance_km.map((km) => fibreKeyPerDay_bits(options, km)),
    repeaterlessBound_bits: distance_km.map(bound),
    fibreWithNodes_bits: distance_km.map((km, i) => fibreKeyPerDay_bits(options, km / hops[i])),
    fibreNodes: hops.map((count) => count - 1),
    satellite_bits: distance_km.map(() => satellite),
    assumptions: assumptionsOf(options),
  }
}

/** First distance at which the satellite gives more key than direct fibre; undefined when it never does. */
export const crossing_km = (curves: SatelliteAgainstFibre): number | undefined =>
  curves.distance_km.find((_, i) => curves.satellite_bits[i] > curves.directFibre_bits[i])
