/**
 * What a second of the link is expected to yield: gated detections, matched-basis counts and errors per intensity.
 * Reference: Ma, Qi, Zhao, Lo, PRA 72, 012326 (2005): a phase-randomised pulse of mean mu is detected with
 * 1 - exp(-mu eta); background clicks err with 1/2. Here eta includes detector and gate.
 * Background inside the gate per pulse is rate x gate; it falls on either basis of Bob with 1/2.
 * Afterpulses: each click is followed by one with the receiver's probability, at no particular place of the pulse
 * grid, on the same detector: the share gate x pulse rate of them is gated, and they err with 1/2.
 * A one-decoy source has two intensities; the third column of its counts stays 0.
 * Limits: dead time is neglected (50 ns at 15 000 clicks a second over four detectors is 2e-4), and so are
 * afterpulses of afterpulses and pulses with two clicks (below 1e-3 of all up to a transmittance of 1e-3).
 */
import type { Payload } from '../model/payload'
import type { BasisCounts, Counts } from '../model/report'
import type { Station } from '../model/station'
import type { LinkBudget } from './budget'

/** Expected numbers over one second, or summed over a window; not rounded. */
export interface Expectation {
  duration_s: number
  /** Gated events, all intensities and bases. */
  detections: number
  /** Matched basis, signal intensity. */
  sifted: number
  siftedErrors: number
  /** siftedErrors / sifted; 0 when nothing is expected. */
  qber: number
  /** Matched basis, per intensity. */
  counts: BasisCounts
  errors: BasisCounts
}

/** What a link's far end needs to have: a station, or the end of a fibre. */
type Receiving = Pick<Station, 'receiver'>

interface PerPulse {
  /** Gated signal click. */
  signal: number
  /** Gated click of background or afterpulse. */
  noise: number
}

const meanClicks = (payload: Payload, eta: number): number =>
  payload.probabilities.reduce(
    (sum, p, k) => sum + p * -Math.expm1(-(payload.intensities[k] ?? 0) * eta),
    0,
  )

/** Gated noise clicks per pulse: background and afterpulses of everything that clicks, gated or not. */
function noisePerPulse(payload: Payload, end: Receiving, eta: number, total_Hz: number): number {
  const { gate_ns, afterpulse_probability } = end.receiver
  const gate_s = gate_ns * 1e-9
  const clicks_Hz = payload.pulse_rate_Hz * meanClicks(payload, eta) + total_Hz
  return (total_Hz + afterpulse_probability * clicks_Hz) * gate_s
}

/** Matched-basis counts and errors of one basis for every intensity, per pulse sent. */
function basisPerPulse(payload: Payload, p: number, clicks: PerPulse[]): [Counts, Counts] {
  const counts: Counts = [0, 0, 0]
  const errors: Counts = [0, 0, 0]
  clicks.forEach(({ signal, noise }, k) => {
    const sent = (payload.probabilities[k] ?? 0) * p
    counts[k] = sent * (p * signal + noise / 2)
    errors[k] = sent * (p * signal * payload.polarisation_error + noise / 4)
  })
  return [counts, errors]
}

const scaled = (counts: Counts, factor: number): Counts => [
  counts[0] * factor,
  counts[1] * factor,
  counts[2] * factor,
]

function withRatios(parts: Omit<Expectation, 'sifted' | 'siftedErrors' | 'qber'>): Expectation {
  const sifted = parts.counts.x[0] + parts.counts.z[0]
  const siftedErrors = parts.errors.x[0] + parts.errors.z[0]
  return { ...parts, sifted, siftedErrors, qber: sifted > 0 ? siftedErrors / sifted : 0 }
}

/**
 * Expected yield of one second at constant loss and background.
 * @param station whatever has a receiver: a fibre's end too.
 * @param budget loss of the link (linkBudget), with detector and with gate.
 * @param background total_Hz: detected counts of all detectors before the gate (backgroundRate_Hz).
 */
export function expectedSecond(
  payload: Payload,
  station: Receiving,
  budget: Pick<LinkBudget, 'withDetector' | 'withGate'>,
  background: { total_Hz: number },
): Expectation {
  const noise = noisePerPulse(
    payload,
    station,
    budget.withDetector.transmittance,
    background.total_Hz,
  )
  const clicks = payload.intensities.map((mu) => ({
    signal: -Math.expm1(-mu * budget.withGate.transmittance),
    noise,
  }))
  const pulses = payload.pulse_rate_Hz
  const [x, xErrors] = basisPerPulse(payload, payload.basis_x_probability, clicks)
  const [z, zErrors] = basisPerPulse(payload, 1 - payload.basis_x_probability, clicks)
  return withRatios({
    duration_s: 1,
    detections: pulses * (meanClicks(payload, budget.withGate.transmittance) + noise),
    counts: { x: scaled(x, pulses), z: scaled(z, pulses) },
    errors: { x: scaled(xErrors, pulses), z: scaled(zErrors, pulses) },
  })
}

const added = (a: Counts, b: Counts, weight: number): Counts => [
  a[0] + b[0] * weight,
  a[1] + b[1] * weight,
  a[2] + b[2] * weight,
]

const addedBases = (a: BasisCounts, b: BasisCounts, weight: number): BasisCounts => ({
  x: added(a.x, b.x, weight),
  z: added(a.z, b.z, weight),
})

const nothing = (): BasisCounts => ({ x: [0, 0, 0], z: [0, 0, 0] })

/**
 * Sums expected seconds over a window.
 * @param parts seconds (expectedSecond), each with the share of a second that lies in the window (default 1).
 */
export function expectedCounts(parts: { second: Expectation; weight_s?: number }[]): Expectation {
  let counts = nothing()
  let errors = nothing()
  let detections = 0
  let duration_s = 0
  for (const { second, weight_s = 1 } of parts) {
    counts = addedBases(counts, second.counts, weight_s)
    errors = addedBases(errors, second.errors, weight_s)
    detections += second.detections * weight_s
    duration_s += second.duration_s * weight_s
  }
  return withRatios({ duration_s, detections, counts, errors })
}
