/**
 * Photon-number splitting: an eavesdropper who counts the photons of each pulse without touching their states.
 * References: Brassard, Luetkenhaus, Mor, Sanders, PRL 85, 1330 (2000); Hwang, PRL 91, 057901 (2003), decoys.
 * Model: she sits at the source. Of a pulse with n >= 2 photons she keeps one until the bases are announced and sends
 * n - 1 over a line that loses nothing before the receiver; optics and detectors, efficiency t, stay Bob's. Pulses
 * with one photon she blocks. She cannot see classes, but she knows the published intensities, and forwards the share
 * q = min(1, p_0 Q_0 / M_0) of the multi-photon pulses, so that the signal class counts as if she were not there:
 * p_0 Q_0 its honest click probability, M_k = p_k sum_{n>=2} P_n(mu_k) (1 - (1 - t)^(n-1)). Where M_0 is too small
 * (a link better than her supply), she lets a share s of the single photons pass, s = min(1, (p_0 Q_0 - M_0) / S_0)
 * with S_k = p_k P_1(mu_k) t, and knows nothing of them. Of a pulse she does not touch (1 - fraction) the channel
 * decides as always.
 * Limits: an ideal photon counter and memory; she leaves arrival times alone; the total rate falls by the decoys'
 * share that she cannot make up (a few per cent).
 */
import type { Payload } from '../../domain/model/payload'
import type { Receiver } from '../../domain/model/station'
import type { Flight } from './flight'
import { eveKnows, knownToEve, PhotonList, type Photons } from './photon-list'
import { firstState, siblingState } from './photon-states'
import { clickProbability, meanClickProbability } from './photons'
import { indexAt, type Random } from './random'

/** Photons in a pulse beyond this many are left out: below 1e-15 up to a mean of 10. */
const MOST_PHOTONS = 60

/** P_n(mu) for n = 0 to MOST_PHOTONS. */
function photonNumbers(mu: number): Float64Array {
  const law = new Float64Array(MOST_PHOTONS + 1)
  law[0] = Math.exp(-mu)
  for (let n = 1; n <= MOST_PHOTONS; n++) law[n] = (law[n - 1] * mu) / n
  return law
}

const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0)

/** What her line makes of every class and photon number, as click probabilities of a pulse. */
export class SplittingLaw {
  /** Efficiency of the receiver, which she cannot improve. */
  readonly efficiency: number
  /** Weights of photon numbers 2, 3, ... of class 0, then of class 1, ... */
  private readonly multiple: Float64Array
  private readonly single: Float64Array
  private readonly width = MOST_PHOTONS - 1
  private readonly multipleSum: number
  private readonly singleSum: number
  /** M_0 of the file's head. */
  private readonly supply: number

  constructor(
    readonly payload: Payload,
    receiver: Pick<Receiver, 'optics_efficiency' | 'detector_efficiency'>,
  ) {
    this.efficiency = receiver.optics_efficiency * receiver.detector_efficiency
    const laws = payload.intensities.map(photonNumbers)
    const { width, efficiency } = this
    this.multiple = new Float64Array(width * laws.length)
    this.single = Float64Array.from(
      laws,
      (law, k) => payload.probabilities[k] * law[1] * efficiency,
    )
    laws.forEach((law, k) => {
      for (let n = 2; n <= MOST_PHOTONS; n++)
        this.multiple[k * width + n - 2] =
          payload.probabilities[k] * law[n] * (1 - (1 - efficiency) ** (n - 1))
    })
    this.supply = sum(this.multiple.subarray(0, width))
    this.multipleSum = sum(this.multiple)
    this.singleSum = sum(this.single)
  }

  /** Probabilities that a pulse clicks by multi-photon and by single-photon pulses of hers. */
  forwarded(eta: number): { multiple: number; single: number } {
    const { payload, supply, single } = this
    const wanted = payload.probabilities[0] * clickProbability(payload.intensities[0] * eta)
    const missing = Math.max(0, wanted - supply)
    return {
      multiple: supply > 0 ? Math.min(1, wanted / supply) * this.multipleSum : 0,
      single: single[0] > 0 ? Math.min(1, missing / single[0]) * this.singleSum : 0,
    }
  }

  /** Intensity class and number of clicking photons of a multi-photon pulse. */
  drawMultiple(random: Random): [intensity: number, count: number] {
    const cell = indexAt(this.multiple, random.uniform() * this.multipleSum)
    return [Math.floor(cell / this.width), this.drawClicks((cell % this.width) + 1, random)]
  }

  /** Intensity class of a single-photon pulse. */
  drawSingle(random: Random): number {
    return indexAt(this.single, random.uniform() * this.singleSum)
  }

  /** How many of m photons click, given that one does: the first by the truncated geometric law, then one by one. */
  private drawClicks(m: number, random: Random): number {
    const miss = Math.log1p(-this.efficiency)
    const some = -Math.expm1(m * miss)
    const first = Math.min(m - 1, Math.floor(Math.log1p(-random.uniform() * some) / miss))
    let count = 1
    for (let i = first + 1; i < m; i++) if (random.chance(this.efficiency)) count++
    return count
  }
}

/**
 * What arrives in place of the photons that the channel would have let through. Her pulses click no oftener than the
 * honest ones, so each detected pulse that she touches is hers with the ratio of the two, and otherwise lost.
 */
export function split(
  { pulse, state }: Photons,
  law: SplittingLaw,
  fraction: number,
  flight: Pick<Flight, 'transmittance'>,
  random: Random,
): Photons {
  const drawn = new PhotonList()
  let touched = false
  for (let i = 0; i < pulse.length; i++) {
    const another = i > 0 && pulse[i] === pulse[i - 1]
    if (!another) touched = random.chance(fraction)
    if (!touched) drawn.add(pulse[i], state[i])
    else if (!another) forward(law, pulse[i], flight, random, drawn)
  }
  return drawn.photons()
}

/** Her pulse, or none, in the place of one that would have been detected. */
function forward(
  law: SplittingLaw,
  pulse: number,
  flight: Pick<Flight, 'transmittance'>,
  random: Random,
  drawn: PhotonList,
): void {
  const { payload } = law
  const eta = flight.transmittance(pulse / payload.pulse_rate_Hz)
  const { multiple, single } = law.forwarded(eta)
  const place = random.uniform() * meanClickProbability(payload, eta)
  if (place < multiple) {
    const [intensity, count] = law.drawMultiple(random)
    const first = firstState(payload, intensity, random)
    drawn.add(pulse, knownToEve(first, eveKnows.photon))
    for (let n = 1; n < count; n++)
      drawn.add(pulse, knownToEve(siblingState(payload, first, random), eveKnows.photon))
  } else if (place < multiple + single)
    drawn.add(pulse, firstState(payload, law.drawSingle(random), random))
}
