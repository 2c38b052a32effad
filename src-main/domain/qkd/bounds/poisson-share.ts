/** Photon-number statistics of a phase-randomised source: shares of pulses with n photons. */

/**
 * tau_n = sum_k p_k exp(-mu_k) mu_k^n / n!, the probability that a pulse holds n = 0 or 1 photons.
 * Source: Lim et al., PRA 89, 022307 (2014), below eq. (2).
 */
export function poissonShare(
  n: 0 | 1,
  source: { intensities: readonly number[]; probabilities: readonly number[] },
): number {
  const { intensities, probabilities } = source
  return intensities.reduce(
    (sum, mu, k) => sum + probabilities[k] * Math.exp(-mu) * (n === 1 ? mu : 1),
    0,
  )
}

/** exp(mu_k)/p_k of every intensity: what scales a count to the rate of its class. */
export const countScales = (source: {
  intensities: readonly number[]
  probabilities: readonly number[]
}): number[] => source.intensities.map((mu, k) => Math.exp(mu) / source.probabilities[k])
