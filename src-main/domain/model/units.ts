/** Unit conversions at the borders; inside, everything is SI and radians. */

/** Speed of light in vacuum, m/s (exact, SI). */
export const SPEED_OF_LIGHT_M_S = 299_792_458
/** Planck constant, J s (exact, SI 2019). */
export const PLANCK_J_S = 6.626_070_15e-34

/** Degrees to radians. */
export const radians = (angle_deg: number): number => (angle_deg * Math.PI) / 180
/** Radians to degrees. */
export const degrees = (angle_rad: number): number => (angle_rad * 180) / Math.PI
/** A loss in dB to a transmittance (0 dB is 1, 10 dB is 0.1). */
export const transmittance = (loss_dB: number): number => 10 ** (-loss_dB / 10)
/** A transmittance to a loss in dB; zero transmittance is infinite loss. */
export const loss_dB = (transmittance: number): number => -10 * Math.log10(transmittance)
