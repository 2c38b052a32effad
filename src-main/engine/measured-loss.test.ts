import { describe, expect, it } from 'vitest'
import { measuredLoss_dB } from './measured-loss'

const source = {
  pulse_rate_Hz: 1e8,
  intensities: [0.8, 0.1, 0],
  probabilities: [0.5, 0.25, 0.25],
}

describe('measured loss (Q = 1 - (1 - Y0) exp(-mu eta), Ma et al. 2005)', () => {
  it.each([20, 30, 40])('returns %d dB from the counts that this loss gives, to 1e-9 dB', (dB) => {
    const eta = 10 ** (-dB / 10)
    const y0 = 5e-7
    const counts = (k: number): number =>
      1e8 * source.probabilities[k] * (1 - (1 - y0) * Math.exp(-source.intensities[k] * eta))
    const loss = measuredLoss_dB([counts(0), counts(1), counts(2)], source)
    expect(Math.abs(loss - dB)).toBeLessThan(1e-6)
  })

  it('is no number when nothing rises above the background', () => {
    expect(measuredLoss_dB([0, 0, 0], source)).toBeNaN()
    expect(measuredLoss_dB([10, 5, 50], source)).toBeNaN()
  })
})

describe('measured loss of a one-decoy source', () => {
  it('is returned from signal and decoy alone, whatever the background, to 1e-6 dB', () => {
    const oneDecoy = { pulse_rate_Hz: 1e8, intensities: [0.5, 0.1], probabilities: [0.7, 0.3] }
    const count = (k: number): number =>
      1e8 * oneDecoy.probabilities[k] * (1 - (1 - 2e-6) * Math.exp(-oneDecoy.intensities[k] * 1e-3))
    expect(Math.abs(measuredLoss_dB([count(0), count(1), 0], oneDecoy) - 30)).toBeLessThan(1e-6)
  })
})
