/**
 * Which photons of which pairs are detected, with which settings and outcomes.
 * Method: pairs of a continuously pumped source leave as a Poisson process of rate R; with independent losses the pairs
 * seen at both ends, at Alice's alone and at Bob's alone are independent Poisson processes of rates R a b, R a (1 - b)
 * and R b (1 - a). They are drawn together by thinning (Lewis & Shedler, Naval Research Logistics 26, 403 (1979)), so
 * that an undetected pair costs nothing; accidental coincidences follow from the singles by themselves.
 * State: Werner state of visibility V about |Phi+>, E(a,b) = V cos 2(a - b).
 * Interception: an eavesdropper measures Bob's photon at 0 or 45 degrees and resends what he found; then
 * E(a,b) = V cos 2(a - e) cos 2(e - b).
 * The seed fixes times, settings and whether outcomes agree; the outcomes themselves are drawn from `outcomeBit`.
 * Limits: no more than one pair at a time from the crystal but by Poisson chance (no multi-pair correlation); losses do
 * not depend on polarisation; transmittance is linear between grid points.
 */
import { channelOf, correlation, pairSettings } from '../../domain/qkd/pairs/settings'
import type { Flight } from './flight'
import type { PairWorldSetup } from './pair-protocol'
import type { Interval } from './protocol'
import { indexAt, type Random } from './random'

/** Detected photons of one end: when the pair left, and which detector it met. */
export interface Detected {
  emitted_s: number[]
  channel: number[]
}

export interface PairDraw {
  alice: Detected
  bob: Detected
}

export interface PairLinks {
  alice: Flight
  bob: Flight
}

const nothing = (): Detected => ({ emitted_s: [], channel: [] })

function put(end: Detected, emitted_s: number, channel: number): void {
  end.emitted_s.push(emitted_s)
  end.channel.push(channel)
}

const isWithin = (intervals: Interval[], at_s: number): boolean =>
  intervals.some(({ from_s, to_s }) => at_s >= from_s && at_s < to_s)

/** Eavesdropper's angles, rad. */
const EVE = [0, Math.PI / 4]

/** Correlation of one pair, with the eavesdropper in between where he reaches. */
function pairCorrelation(
  { source, interceptions }: PairWorldSetup,
  emitted_s: number,
  angles: [number, number],
  random: Random,
): number {
  const { visibility } = source
  const taken = interceptions.find((one) => isWithin([one], emitted_s))
  if (!taken || !random.chance(taken.fraction)) return correlation(visibility, ...angles)
  const eve = EVE[random.bits32() >>> 31]
  return correlation(visibility, angles[0], eve) * correlation(1, eve, angles[1])
}

/**
 * Draws the detected photons of the pairs that leave in [from_s, to_s), seconds since the epoch, in order.
 * @param outcomeBit a fresh random bit for each photon that is free to choose.
 */
export function drawPairs(
  setup: PairWorldSetup,
  links: PairLinks,
  [from_s, to_s]: [number, number],
  random: Random,
  outcomeBit: () => number,
): PairDraw {
  const draw: PairDraw = { alice: nothing(), bob: nothing() }
  const { pair_rate_Hz } = setup.source
  const peak = (link: Flight): number => link.peakTransmittance(from_s, to_s)
  const bound_Hz = pair_rate_Hz * (peak(links.alice) + peak(links.bob))
  if (!(bound_Hz > 0)) return draw
  const settings = pairSettings(setup.protocol)
  const anySetting = (count: number): number => Math.floor(random.uniform() * count)
  for (let t = from_s; (t += random.exponential() / bound_Hz) < to_s;) {
    const [a, b] = [links.alice.transmittance(t), links.bob.transmittance(t)]
    const weights = [a * b, a * (1 - b), b * (1 - a)]
    const place = (random.uniform() * bound_Hz) / pair_rate_Hz
    if (place >= weights[0] + weights[1] + weights[2] || isWithin(setup.clouds, t)) continue
    const seen = indexAt(weights, place)
    const setting = [anySetting(settings.alice.length), anySetting(settings.bob.length)]
    const bit = outcomeBit()
    if (seen < 2) put(draw.alice, t, channelOf(setting[0], bit))
    if (seen === 1) continue
    const angles: [number, number] = [settings.alice[setting[0]], settings.bob[setting[1]]]
    const agree = random.chance((1 + pairCorrelation(setup, t, angles, random)) / 2)
    put(draw.bob, t, channelOf(setting[1], agree ? bit : 1 - bit))
  }
  return draw
}
