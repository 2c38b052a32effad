import { describe, expect, it } from 'vitest'
import { parseUtc } from '../model/time'
import { expectedOver } from './expected-key'
import { flagshipMission, xinglong } from './flagship.testing'
import { peakTagRate_Hz } from './tag-rate'

const [satellite] = flagshipMission().satellites
const window = {
  from_ms: parseUtc('2016-12-19T16:51:43Z'),
  to_ms: parseUtc('2016-12-19T16:52:43Z'),
}

describe('peak tag rate of the pass of 2016-12-19 (beside the expected gated detections)', () => {
  it('is above the mean gated rate, and below twice of it, around the nearest point', () => {
    const { detections } = expectedOver(satellite, xinglong, window)
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
})
