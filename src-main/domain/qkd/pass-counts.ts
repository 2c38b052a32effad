/**
 * Expected counts of one pass of decoy BB84, second by second.
 * Source: the model of SatQuMA (Sidhu, Brougham, McArthur, Pousa, Oi, npj Quantum Inf. 8, 18 (2022)):
 * D_k = (1 + Pap)(1 - (1 - 2 Pec) exp(-mu_k eta)) detections per pulse, e_k = Pec + Pap D_k / 2 +
 * QBERI (1 - exp(-mu_k eta)) errors per pulse, eta with the extra loss. Counts stay real numbers.
 * The test basis' errors are shared over the intensities by their detections, not by e_k: the model's own choice.
 * Probabilities are formed as the model writes them, so that results agree to the last digits.
 * Limits: no dead time, no fluctuation of the loss within a second.
 */
import { transmittance } from '../model/units'
import type { Counts } from '../model/report'
import type { LossProfile, PassInputs, SourceParameters } from './pass-model-input'
import { passWindow, type PassWindow } from './pass-model-window'

/** Transmittances with how many seconds each stands for. */
export interface Slots {
  eta: Float64Array
  seconds: Float64Array
}

export interface PassCounts {
  /** Detections per intensity in the key basis X and the test basis Z. */
  nX: Counts
  nZ: Counts
  /** All errors of the key basis. */
  mX: number
  mZ: Counts
}

/** The seconds inside the window, one a row, with the extra loss applied. */
export function passSlots(
  inputs: PassInputs,
  profile: LossProfile,
  window: PassWindow = passWindow(inputs, profile),
): Slots {
  const extra = transmittance(inputs.ls0)
  const eta = Float64Array.from(window.eta, (one) => Math.min(1, one * extra))
  return { eta, seconds: new Float64Array(eta.length).fill(1) }
}

/** Slots gathered into classes of equal width in the logarithm of the transmittance, each at its mean. */
export function gatherSlots({ eta, seconds }: Slots, classes: number): Slots {
  const lit = [...eta.keys()].filter((i) => eta[i] > 0)
  if (lit.length <= classes) return { eta, seconds }
  const logs = lit.map((i) => Math.log(eta[i]))
  const low = logs.reduce((a, b) => Math.min(a, b))
  const width = (logs.reduce((a, b) => Math.max(a, b)) - low) / classes || 1
  const total = new Float64Array(classes + 1)
  const light = new Float64Array(classes + 1)
  lit.forEach((i, j) => {
    const place = Math.min(classes - 1, Math.floor((logs[j] - low) / width))
    total[place] += seconds[i]
    light[place] += seconds[i] * eta[i]
  })
  total[classes] = eta.reduce((sum, one, i) => sum + (one > 0 ? 0 : seconds[i]), 0)
  const used = [...total.keys()].filter((i) => total[i] > 0)
  return {
    eta: Float64Array.from(used, (i) => light[i] / total[i]),
    seconds: Float64Array.from(used, (i) => total[i]),
  }
}

/** Expected counts and errors over the slots, all passes together. */
export function passCounts(
  { eta, seconds }: Slots,
  inputs: PassInputs,
  [Px, pk1, pk2, mu1, mu2]: SourceParameters,
): PassCounts {
  const { Pap, Pec, QBERI, mu3 } = inputs
  const p3 = 1 - pk1 - pk2
  const clicks = (dark: number) => (1 + Pap) * (1 - (1 - 2 * Pec) * dark)
  let [n1, n2, n3, errors, m1, m2, m3] = [0, 0, 0, 0, 0, 0, 0]
  for (let i = 0; i < eta.length; i++) {
    const dark1 = Math.exp(-mu1 * eta[i])
    const dark2 = Math.exp(-mu2 * eta[i])
    const dark3 = mu3 === 0 ? 1 : Math.exp(-mu3 * eta[i])
    const d1 = pk1 * clicks(dark1) * seconds[i]
    const d2 = pk2 * clicks(dark2) * seconds[i]
    const d3 = p3 * clicks(dark3) * seconds[i]
    const detected = d1 + d2 + d3
    const erring = QBERI * (pk1 * (1 - dark1) + pk2 * (1 - dark2) + p3 * (1 - dark3))
    const wrong = (Pec + erring) * seconds[i] + (Pap / 2) * detected
    const rate = detected > 0 ? wrong / detected : 0
    n1 += d1
    n2 += d2
    n3 += d3
    errors += wrong
    m1 += d1 * rate
    m2 += d2 * rate
    m3 += d3 * rate
  }
  const pulses = inputs.fs * inputs.NoPass
  const x = Px * Px * pulses
  const z = (1 - Px) * (1 - Px) * pulses
  return {
    nX: [n1 * x, n2 * x, n3 * x],
    nZ: [n1 * z, n2 * z, n3 * z],
    mX: errors * x,
    mZ: [m1 * z, m2 * z, m3 * z],
  }
}
