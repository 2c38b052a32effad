/**
 * Which pulses are detected: photon by photon, drawn event by event.
 * Method: thinning (Lewis & Shedler, Naval Research Logistics 26, 403 (1979)) of a geometric process at the
 * stretch's highest detection probability, so that undetected pulses cost nothing. Photons of a pulse of mean mu that
 * end in a click are Poisson of mean mu eta; a candidate has intensity k with weight p_k (1 - exp(-mu_k eta_peak)),
 * is kept with (1 - exp(-mu_k eta)) / (1 - exp(-mu_k eta_peak)), and then the number of clicking photons is the
 * zero-truncated Poisson law, so two detectors may click.
 * Limit: transmittance is linear between grid points.
 */
import type { Payload } from '../../domain/model/payload'
import type { AliasTable } from './alias-table'
import type { Flight } from './flight'
import { intensityOf, type PhotonList } from './photon-list'
import { siblingState, stateTable } from './photon-states'
import type { Interval } from './protocol'
import { positivePoisson, type Random } from './random'

/** 1 - exp(-x); below 1e-3 by its series to 4e-11 of the value, several times faster than expm1. */
export const clickProbability = (x: number): number =>
  x < 1e-3 ? x * (1 - (x / 2) * (1 - x / 3)) : -Math.expm1(-x)

/** Probability that a pulse of any class clicks. */
export const meanClickProbability = (payload: Payload, eta: number): number =>
  payload.probabilities.reduce(
    (sum, p, k) => sum + p * clickProbability(payload.intensities[k] * eta),
    0,
  )

const WORD = 2 ** -32
const BLOCK = 512

/** What a candidate of a stretch is, and whether it clicks. */
class CandidateLaw {
  /** Probability that a pulse is a candidate. */
  readonly probability: number
  readonly states: AliasTable
  private readonly means: Float64Array

  constructor(
    payload: Payload,
    private readonly peak: number,
  ) {
    this.probability = meanClickProbability(payload, peak)
    this.means = Float64Array.from(payload.intensities)
    const classes = this.means.map(
      (mean, k) => payload.probabilities[k] * clickProbability(mean * peak),
    )
    this.states = stateTable(payload, classes)
  }

  /**
   * Number of clicking photons of a candidate, 0 when it is not kept: the inverse of both laws, one after the other,
   * at a place that begins with the word. One photon's share is at least eta / peak (1 - mean / 2), which nearly always
   * decides: 1 - exp(-x) is concave, and m / (e^m - 1) is not below 1 - m / 2.
   */
  countAt(word: number, k: number, eta: number, random: Random): number {
    if ((word + 1) * WORD * this.peak < eta * (1 - (this.means[k] * eta) / 2)) return 1
    return this.rareCount((word + random.uniform()) * WORD, k, eta)
  }

  private rareCount(u: number, k: number, eta: number): number {
    const mean = this.means[k] * eta
    const kept = clickProbability(mean) / clickProbability(this.means[k] * this.peak)
    return u < kept ? positivePoisson(mean, u / kept) : 0
  }
}

/** Candidates in order, drawn a block at a time. */
class CandidateBlock {
  readonly gaps = new Float64Array(BLOCK)
  readonly words = new Uint32Array(2 * BLOCK)

  draw(random: Random): void {
    random.fillExponential(this.gaps)
    random.fillBits32(this.words)
  }
}

/**
 * Draws the detected photons of the pulses that leave in [from_s, to_s), seconds since the epoch, in order.
 * @param random the arrivals' own stream.
 */
export function drawPhotons(
  payload: Payload,
  flight: Flight,
  { from_s, to_s }: Interval,
  random: Random,
  drawn: PhotonList,
): void {
  const peak = flight.peakTransmittance(from_s, to_s)
  if (!(peak > 0)) return
  const law = new CandidateLaw(payload, peak)
  const rate = payload.pulse_rate_Hz
  drawn.reserve(Math.ceil(1.05 * law.probability * rate * (to_s - from_s)) + 16)
  const period_s = 1 / rate
  const end = Math.ceil(to_s * rate)
  const meanGap = -1 / Math.log1p(-law.probability)
  const block = new CandidateBlock()
  let pulse = Math.ceil(from_s * rate) - 1
  for (;;) {
    block.draw(random)
    for (let i = 0; i < BLOCK; i++) {
      pulse += 1 + Math.floor(block.gaps[i] * meanGap)
      if (pulse >= end) return
      const state = law.states.at(block.words[2 * i])
      const eta = flight.transmittance(pulse * period_s)
      const count = law.countAt(block.words[2 * i + 1], intensityOf(state), eta, random)
      if (count > 0) drawn.add(pulse, state)
      for (let n = 1; n < count; n++) drawn.add(pulse, siblingState(payload, state, random))
    }
  }
}
