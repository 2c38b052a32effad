/**
 * Loss of the signal state from one second of announced detections: Q_mu = 1 - (1 - Y0) exp(-mu eta)
 * (Ma et al., PRA 72, 012326, 2005). The background drops out of a ratio of two classes of the same second,
 * (1 - Q_nu) / (1 - Q_mu) = exp((mu - nu) eta): nu is the vacuum where the source has one, and else the decoy.
 * Includes detector and gate. NaN when nothing above the background was counted.
 */
import type { Counts } from '../domain/model/report'
import { loss_dB } from '../domain/model/units'

export interface SourceRates {
  pulse_rate_Hz: number
  intensities: readonly number[]
  probabilities: readonly number[]
}

/** @param announced detections by intensity in one second; classes that the source does not have are ignored. */
export function measuredLoss_dB(announced: Counts, source: SourceRates): number {
  const missed = source.probabilities.map((p, k) => 1 - announced[k] / (source.pulse_rate_Hz * p))
  const [signal, decoy] = source.intensities
  const exponent =
    source.intensities[2] === 0
      ? Math.log(missed[2] / missed[0]) / signal
      : Math.log(missed[1] / missed[0]) / (signal - decoy)
  return exponent > 0 && Number.isFinite(exponent) ? loss_dB(exponent) : NaN
}
