/**
 * Counts that a static decoy BB84 channel is expected to give.
 * Source: Lim, Curty, Walenta, Xu, Zbinden, PRA 89, 022307 (2014), section IV, with eta_sys in both equations (as
 * printed, with eta_ch in the error rate, no key is left at 50 km).
 * D_k = 1 - (1 - 2 p_dc) exp(-eta mu_k), R_k = D_k (1 + p_ap), e_k = p_dc + e_mis (1 - exp(-eta mu_k)) + p_ap D_k/2;
 * n_k = floor(N P^2 p_k R_k) and m_k = floor(N P^2 p_k e_k), P = Px in X and 1 - Px in Z.
 * Limit: a product that is a whole number may be floored to the one below, by rounding.
 */
import type { BasisCounts, Counts } from '../../model/report'
import { checkBetween, checkProbabilities, checkTwoDecoys, refuse } from './input-checks'

export interface StaticChannel {
  /** N. */
  pulses: number
  /** Px, the same at both ends. */
  basis_x_probability: number
  intensities: Counts
  probabilities: Counts
  /** eta_sys, source to click. */
  transmittance: number
  /** p_dc, per pulse and detector. */
  dark_count_probability: number
  /** e_mis. */
  misalignment_error: number
  /** p_ap. */
  afterpulse_probability: number
}

/**
 * Expected counts and errors of both bases, whole numbers.
 * @throws when a parameter is impossible; the message names it.
 */
export function channelCounts(channel: StaticChannel): {
  counts: BasisCounts
  errors: BasisCounts
} {
  check(channel)
  const { basis_x_probability: Px } = channel
  const x = basisCounts(channel, Px)
  const z = basisCounts(channel, 1 - Px)
  return { counts: { x: x.counts, z: z.counts }, errors: { x: x.errors, z: z.errors } }
}

function basisCounts(channel: StaticChannel, P: number): { counts: Counts; errors: Counts } {
  const [a, b, c] = ([0, 1, 2] as const).map((k) => {
    const { R, e } = perPulse(channel, channel.intensities[k])
    const sent = channel.pulses * P * P * channel.probabilities[k]
    return { n: Math.floor(sent * R), m: Math.floor(sent * e) }
  })
  return { counts: [a.n, b.n, c.n], errors: [a.m, b.m, c.m] }
}

function perPulse(channel: StaticChannel, mu: number): { R: number; e: number } {
  const { transmittance, dark_count_probability: p_dc, afterpulse_probability: p_ap } = channel
  const light = -Math.expm1(-transmittance * mu)
  const D = light + 2 * p_dc * (1 - light)
  return { R: D * (1 + p_ap), e: p_dc + channel.misalignment_error * light + (p_ap * D) / 2 }
}

function check(channel: StaticChannel): void {
  const { pulses } = channel
  if (!(pulses >= 0 && Number.isFinite(pulses))) refuse('N_pulses', pulses, 'zero or more')
  checkTwoDecoys(channel.intensities)
  checkProbabilities(channel.probabilities, 3)
  checkBetween('Px', channel.basis_x_probability, 0, 1)
  checkBetween('eta_sys', channel.transmittance, 0, 1)
  checkBetween('p_dc', channel.dark_count_probability, 0, 0.5)
  checkBetween('e_mis', channel.misalignment_error, 0, 0.5)
  checkBetween('p_ap', channel.afterpulse_probability, 0, 1)
}
