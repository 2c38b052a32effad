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
import type { PairWorldSetup } from '../pair-world-protocol'
import type { Interval } from './protocol'
import type { Random } from './random'

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

/** How likely outcomes agree, for all combinations of settings; with the eavesdropper in between where he reaches. */
class Agreement {
  private readonly alone: number[]
  private readonly columns: number

  constructor(private readonly setup: PairWorldSetup) {
    const { alice, bob } = pairSettings(setup.protocol)
    this.columns = bob.length
    this.alone = alice.flatMap((a) => bob.map((b) => this.probability(correlation(1, a, b))))
  }

  of(aliceSetting: number, bobSetting: number, emitted_s: number, random: Random): number {
    const eve = this.eavesdropper(emitted_s, random)
    if (eve === null) return this.alone[aliceSetting * this.columns + bobSetting]
    const { alice, bob } = pairSettings(this.setup.protocol)
    const [a, b] = [alice[aliceSetting], bob[bobSetting]]
    return this.probability(correlation(1, a, eve) * correlation(1, eve, b))
  }

  private probability(correlationAtFullVisibility: number): number {
    return (1 + this.setup.source.visibility * correlationAtFullVisibility) / 2
  }

  /** The angle at which the photon was measured on its way, rad; null when it was not. */
  private eavesdropper(emitted_s: number, random: Random): number | null {
    const { interceptions } = this.setup
    if (interceptions.length === 0) return null
    const taken = interceptions.find((one) => isWithin([one], emitted_s))
    return taken && random.chance(taken.fraction) ? EVE[random.bits32() >>> 31] : null
  }
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
  const peak = (link: Flight): number => link.peakTransmittance(from_s, to_s)
  const bound = peak(links.alice) + peak(links.bob)
  const mean_s = 1 / (setup.source.pair_rate_Hz * bound)
  if (!(bound > 0)) return draw
  const { alice, bob } = pairSettings(setup.protocol)
  const agreement = new Agreement(setup)
  for (let t = from_s; (t += random.exponential() * mean_s) < to_s;) {
    const [a, b] = [links.alice.transmittance(t), links.bob.transmittance(t)]
    const place = random.uniform() * bound
    // Alice alone, then both, then Bob alone; beyond them the pair is lost.
    if (place >= a + b - a * b || isWithin(setup.clouds, t)) continue
    const aliceSetting = Math.floor(random.uniform() * alice.length)
    const bobSetting = Math.floor(random.uniform() * bob.length)
    const bit = outcomeBit()
    if (place < a) put(draw.alice, t, channelOf(aliceSetting, bit))
    if (place < a * (1 - b)) continue
    const agree = random.chance(agreement.of(aliceSetting, bobSetting, t, random))
    put(draw.bob, t, channelOf(bobSetting, agree ? bit : 1 - bit))
  }
  return draw
}
