import { describe, expect, it } from 'vitest'
import { referencePayload } from '../link/reference-case'
import { parseUtc } from '../model/time'
import { expectedOver } from './expected-key'
import { flagshipMission, pairSource, xinglong } from './flagship.testing'
import { peakTagRate_Hz } from './tag-rate'

const [satellite] = flagshipMission().satellites
const window = {
  from_ms: parseUtc('2016-12-19T16:51:43Z'),
  to_ms: parseUtc('2016-12-19T16:52:43Z'),
}

describe('peak tag rate of the pass of 2016-12-19 (beside the expected gated detections)', () => {
  it('is above the mean gated rate, and below twice of it, around the nearest point', () => {
    const pulsed = { ...satellite, payload: referencePayload }
    const { detections } = expectedOver(pulsed, xinglong, window)
    const rate_Hz = peakTagRate_Hz(satellite, xinglong, window)
    expect(rate_Hz).toBeGreaterThan(detections / 60)
    expect(rate_Hz).toBeLessThan((2 * detections) / 60)
  })

  it('grows by the dark counts (to 1e-9)', () => {
    const noisy = { ...xinglong.receiver, dark_count_rate_Hz: 1e7 }
    const more = peakTagRate_Hz(satellite, { ...xinglong, receiver: noisy }, window)
    const plain = peakTagRate_Hz(satellite, xinglong, window)
    expect((more - plain) / (1e7 - xinglong.receiver.dark_count_rate_Hz)).toBeCloseTo(1, 9)
  })

  it('of entangled pairs follows the pair rate, one photon of each (to 1e-9)', () => {
    const rateAt = (pair_rate_Hz: number) =>
      peakTagRate_Hz({ ...satellite, payload: { ...pairSource, pair_rate_Hz } }, xinglong, window)
    const noise_Hz = 2 * rateAt(1e7) - rateAt(2e7)
    expect(rateAt(1e7)).toBeGreaterThan(noise_Hz)
    expect((rateAt(3e7) - noise_Hz) / (rateAt(1e7) - noise_Hz)).toBeCloseTo(3, 9)
  })
})
