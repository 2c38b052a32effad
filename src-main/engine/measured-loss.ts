/**
 * Loss of the signal state from one second of announced detections: Q_mu = 1 - (1 - Y0) exp(-mu eta)
 * (Ma et al., PRA 72, 012326, 2005), with Y0 from the vacuum pulses of the same second.
 * Includes detector and gate. NaN when nothing above the background was counted.
 */
import type { Counts } from '../domain/model/report'
import { loss_dB } from '../domain/model/units'

export interface SourceRates {
  pulse_rate_Hz: number
  intensities: readonly number[]
  probabilities: readonly number[]
}

/** @param announced detections by intensity in one second. */
export function measuredLoss_dB(announced: Counts, source: SourceRates): number {
  const gain = (k: number): number =>
    announced[k] / (source.pulse_rate_Hz * source.probabilities[k])
  const background = source.probabilities[2] > 0 && source.intensities[2] === 0 ? gain(2) : 0
  const share = (gain(0) - background) / (1 - background)
  if (!(share > 0 && share < 1)) return NaN
  return loss_dB(-Math.log1p(-share) / source.intensities[0])
}
