/**
 * The gate that maximises the key: a wide one lets in background, a narrow one cuts the signal's own jitter.
 * Reference: Lo, Ma, Chen, PRL 94, 230504 (2005), eq. 1: R = Q1 (1 - h(e1)) - f Q h(E), per second here:
 *   Q = S g + N, E = (e0 S g + N / 2) / Q     S signal clicks before the gate, g = erf(w / (2 sqrt 2 sigma))
 *   Q1 = S1 g + N1, e1 likewise               S1 = S exp(-mu), N1 = N mu exp(-mu): single photons, weak link
 *   N = B w rate                              B background clicks off the grid, w full width
 * Limits: normal jitter about the middle of the gate; asymptotic, so a short block wants it somewhat wider;
 * afterpulses count as background.
 */
import { erf } from '../link/erf'
import { binaryEntropy } from './entropy'

export interface GateConditions {
  /** Of tags about the pulse grid, 1 sigma. */
  jitter_ns: number
  /** Signal-intensity clicks a second without any gate. */
  signal_Hz: number
  /** Clicks of all detectors a second that keep no time. */
  background_Hz: number
  pulse_rate_Hz: number
  /** Mean photon number of the signal. */
  intensity: number
  /** Share of the signal's clicks in the wrong state. */
  error: number
  /** Widest gate allowed; a pulse period at most. */
  ceiling_ns: number
  /** Bits disclosed per bit of h(E) in error correction; 1.16 by default. */
  efficiency?: number
}

export interface GateChoice {
  gate_ns: number
  /** Modelled secret bits a second with this gate, matched bases; 0 when no gate yields any. */
  secret_Hz: number
  qber: number
}

/** Steps of the first search, evenly in the logarithm of the width. */
const STEPS = 60
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * Width of the most key, to 1e-6 of itself; where no width yields key, the one that falls least short.
 * @throws when a number is out of range.
 */
export function bestGateWidth(conditions: GateConditions): GateChoice {
  check(conditions)
  const widest_ns = Math.min(conditions.ceiling_ns, 1e9 / conditions.pulse_rate_Hz)
  const narrowest_ns = Math.min(conditions.jitter_ns / 5, widest_ns)
  if (narrowest_ns <= 0) return choiceAt(conditions, widest_ns)
  const step = Math.log(widest_ns / narrowest_ns) / STEPS
  const merit = (x: number) => keyAt(conditions, narrowest_ns * Math.exp(x * step)).secret_Hz
  let best = 0
  for (let k = 1; k <= STEPS; k++) if (merit(k) >= merit(best)) best = k
  const x = goldenMaximum(merit, Math.max(best - 1, 0), Math.min(best + 1, STEPS))
  const at = merit(best) > merit(x) ? best : x
  return choiceAt(conditions, narrowest_ns * Math.exp(at * step))
}

function choiceAt(conditions: GateConditions, gate_ns: number): GateChoice {
  const { secret_Hz, qber } = keyAt(conditions, gate_ns)
  return { gate_ns, secret_Hz: Math.max(secret_Hz, 0), qber }
}

/** Modelled key of a gate; below zero where errors eat more than there is. */
export function keyAt(conditions: GateConditions, gate_ns: number) {
  const { jitter_ns, signal_Hz, background_Hz, pulse_rate_Hz, intensity, error } = conditions
  const kept = jitter_ns > 0 ? erf(gate_ns / (2 * Math.SQRT2 * jitter_ns)) : 1
  const [signal, noise] = [signal_Hz * kept, background_Hz * gate_ns * 1e-9 * pulse_rate_Hz]
  const single = Math.exp(-intensity)
  const [singles, singleNoise] = [signal * single, noise * intensity * single]
  const mixed = (s: number, n: number) => (s + n > 0 ? (error * s + n / 2) / (s + n) : 0.5)
  const qber = mixed(signal, noise)
  const gain = (singles + singleNoise) * (1 - binaryEntropy(mixed(singles, singleNoise)))
  const leak = (conditions.efficiency ?? 1.16) * (signal + noise) * binaryEntropy(qber)
  return { secret_Hz: gain - leak, qber }
}

function goldenMaximum(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to]
  for (let round = 0; round < 40; round++) {
    const reach = GOLDEN * (high - low)
    if (f(high - reach) > f(low + reach)) high = low + reach
    else low = high - reach
  }
  return (low + high) / 2
}

function check(conditions: GateConditions): void {
  const { jitter_ns, signal_Hz, background_Hz, intensity, error } = conditions
  const { pulse_rate_Hz, ceiling_ns } = conditions
  const least = { jitter_ns, signal_Hz, background_Hz, intensity, error }
  for (const [name, value] of Object.entries(least)) refuse(name, value, value >= 0)
  for (const [name, value] of Object.entries({ pulse_rate_Hz, ceiling_ns }))
    refuse(name, value, value > 0)
  refuse('error', error, error <= 0.5)
}

function refuse(name: string, value: number, fine: boolean): void {
  if (fine && Number.isFinite(value)) return
  throw new Error(`Choosing a gate: ${name} is ${value}, which cannot be; give a measured value.`)
}
