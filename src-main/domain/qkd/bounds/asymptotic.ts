/**
 * Key rates of infinitely long blocks: no statistics, an upper limit for what a finite block gives.
 * Sources: Ma, Qi, Zhao, Lo, PRA 72, 012326 (2005), vacuum + weak decoy; Shor, Preskill, PRL 85, 441 (2000) for pairs.
 * Symbols: mu signal, nu weak decoy, Y0 vacuum yield, eta transmittance, e_d misalignment; Q gains, E error rates.
 * Q_a = Y0 + 1 - exp(-eta a), E_a Q_a = Y0/2 + e_d (1 - exp(-eta a)).
 */
import { binaryEntropy } from '../entropy'
import { checkBetween, refuse } from './input-checks'

export interface DecoyAsymptoticInput {
  mu: number
  nu: number
  eta: number
  Y0: number
  e_d: number
  /** Reconciliation efficiency, 1.22 when absent. */
  f?: number
}

export interface DecoyAsymptoticResult {
  Q_mu: number
  E_mu: number
  Q_nu: number
  E_nu: number
  /** Lower bound on the single-photon yield, and the channel's true one. */
  Y1_lower: number
  Y1_true: number
  /** Upper bound on the single-photon error rate. */
  e1_upper: number
  /** Secret bits per signal pulse, half of the pulses in matched bases; negative when there is no key. */
  rate_per_pulse: number
}

/**
 * Secret bits per pulse of vacuum + weak decoy BB84.
 * @throws when a parameter is impossible; the message names it.
 */
export function decoyAsymptotic(input: DecoyAsymptoticInput): DecoyAsymptoticResult {
  check(input)
  const { mu, nu, eta, Y0, f = 1.22 } = input
  const signal = gain(mu, input)
  const decoy = gain(nu, input)
  const ratio = (nu / mu) ** 2
  const weak = decoy.Q * Math.exp(nu) - signal.Q * Math.exp(mu) * ratio - (1 - ratio) * Y0
  const Y1_lower = (mu / (mu * nu - nu * nu)) * weak
  const wrong = decoy.E * decoy.Q * Math.exp(nu) - Y0 / 2
  const e1_upper = Y1_lower > 0 ? Math.min(0.5, wrong / (Y1_lower * nu)) : 0.5
  const secret = Math.max(0, Y1_lower) * mu * Math.exp(-mu) * (1 - binaryEntropy(e1_upper))
  const rate_per_pulse = 0.5 * (secret - f * signal.Q * binaryEntropy(signal.E))
  const gains = { Q_mu: signal.Q, E_mu: signal.E, Q_nu: decoy.Q, E_nu: decoy.E }
  return { ...gains, Y1_lower, Y1_true: Y0 + eta - Y0 * eta, e1_upper, rate_per_pulse }
}

/**
 * Secret bits per sifted bit of entangled pairs, 1 - h(e_x) - f h(e_z); negative when there is no key.
 * @throws when an error rate is no probability or f is below 1.
 */
export function pairsAsymptotic(e_x: number, e_z: number, f: number): number {
  checkBetween('e_x', e_x, 0, 0.5)
  checkBetween('e_z', e_z, 0, 0.5)
  checkEfficiency(f)
  return 1 - binaryEntropy(e_x) - f * binaryEntropy(e_z)
}

function gain(mean: number, { eta, Y0, e_d }: DecoyAsymptoticInput): { Q: number; E: number } {
  const light = -Math.expm1(-eta * mean)
  const Q = Y0 + light
  return { Q, E: Q > 0 ? (Y0 / 2 + e_d * light) / Q : 0 }
}

function check(input: DecoyAsymptoticInput): void {
  const { mu, nu, f = 1.22 } = input
  if (!(mu > nu && nu > 0 && Number.isFinite(mu)))
    refuse('intensities', [mu, nu], 'they need mu > nu > 0')
  checkBetween('eta', input.eta, 0, 1)
  checkBetween('Y0', input.Y0, 0, 1)
  checkBetween('e_d', input.e_d, 0, 0.5)
  checkEfficiency(f)
}

function checkEfficiency(f: number): void {
  if (!(f >= 1 && Number.isFinite(f))) refuse('f', f, 'an efficiency is 1 or more')
}
