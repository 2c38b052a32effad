import { describe, expect, it } from 'vitest'
import { offsetAt } from './clock-offset'
import { matchCoincidences } from './coincidences'
import { TagCorrelator } from './correlation'
import { extendOffset } from './extend-offset'
import { findOffset } from './find-offset'
import { pairStreams } from './pair-streams'
import { trackOffset } from './track-offset'

describe('correlation against pairs counted one by one', () => {
  it('counts every lag of folded streams, negative ones with their sign, to 1e-9', () => {
    const a = Float64Array.of(0, 3, 3, 17, 40, 100, 131)
    const b = Float64Array.of(-5, 2, 9, 18, 45, 90, 140)
    const correlator = new TagCorrelator(16)
    const binning = { zero_ps: 0, bin_ps: 1, stretch: 1 }
    correlator.setFirst(a, binning)
    const found = correlator.correlate(b, binning)
    const expected = new Float64Array(16)
    for (const s of a)
      for (const t of b) {
        const lag = t - s
        expected[((lag % 16) + 16) % 16] += Math.floor(lag / 16) % 2 === 0 ? 1 : -1
      }
    expected.forEach((count, lag) => expect(found[lag]).toBeCloseTo(count, 9))
  })
})

describe('offset from tags alone, against the streams that were made', () => {
  it('100 ms offset and 1e-6 drift: both within 5 sigma of the fit', () => {
    const { a, b, truth } = pairStreams({
      duration_s: 3,
      rate_Hz: 60_000,
      common: 0.2,
      offset_s: 0.1,
      drift: 1e-6,
      jitter_ps: 500,
    })
    const found = findOffset(a, b, { maxDrift: 2e-6 })
    if (!found) throw new Error('no offset found')
    const sigma = (500 * Math.SQRT2) / Math.sqrt(found.coincidences)
    const duration_s = (found.to_ps - found.from_ps) * 1e-12
    expect(Math.abs(found.offset_ps - truth(found.at_ps))).toBeLessThan(5 * sigma)
    expect(Math.abs(found.drift - 1e-6)).toBeLessThan(
      (5 * sigma * 1e-12 * Math.sqrt(12)) / duration_s,
    )
  })

  it.each([0.9, -0.35])('%s s offset and drift -3e-7, no prior', (offset_s) => {
    const { a, b, truth } = pairStreams({
      duration_s: 2,
      rate_Hz: 50_000,
      common: 0.1,
      offset_s,
      drift: -3e-7,
      jitter_ps: 300,
    })
    const found = findOffset(a, b)
    if (!found) throw new Error('no offset found')
    expect(Math.abs(found.offset_ps - truth(found.at_ps))).toBeLessThan(50)
  })

  it('two coincidences a second among thousands of singles, clocks within 20 us', () => {
    const { a, b, truth } = pairStreams({
      duration_s: 120,
      rate_Hz: 2000,
      common: 0.001,
      offset_s: 7e-6,
      drift: 2e-9,
      jitter_ps: 700,
    })
    const found = findOffset(a, b, { span_ps: 2e7, maxDrift: 1e-8 })
    if (!found) throw new Error('no offset found')
    expect(Math.abs(found.offset_ps - truth(found.at_ps))).toBeLessThan(1000)
  })

  it('finds none in streams that share nothing', () => {
    const one = { duration_s: 2, rate_Hz: 30_000, common: 0, offset_s: 0, drift: 0, jitter_ps: 500 }
    const { a, b } = pairStreams(one)
    expect(findOffset(a, b)).toBeNull()
    expect(findOffset(a, new Float64Array(0))).toBeNull()
  })

  it('refuses spans and bins that cannot be', () => {
    expect(() => findOffset(Float64Array.of(1, 2), Float64Array.of(1, 2), { span_ps: -1 })).toThrow(
      /span_ps is -1/,
    )
    expect(() => findOffset(Float64Array.of(1, 2), Float64Array.of(1, 2), { bin_ps: 1 })).toThrow(
      /wider bins/,
    )
  })
})

describe('offset carried over the whole streams', () => {
  it('10 s, 20 % common, 123 ms, 3e-7: drift to 5 sigma, 4e-11', () => {
    const { a, b, truth } = pairStreams({
      duration_s: 10,
      rate_Hz: 20_000,
      common: 0.2,
      offset_s: 0.123,
      drift: 3e-7,
      jitter_ps: 500,
    })
    const found = findOffset(a, b)
    if (!found) throw new Error('no offset found')
    const whole = extendOffset(a, b, found)
    const sigma = (500 * Math.SQRT2) / Math.sqrt(whole.coincidences)
    expect(whole.coincidences).toBeGreaterThan(38_000)
    expect(Math.abs(whole.drift - 3e-7)).toBeLessThan((5 * sigma * Math.sqrt(12)) / 1e13)
    expect(Math.abs(offsetAt(whole, 5e12) - truth(5e12))).toBeLessThan(5 * sigma)
  })
})

describe('offset track and coincidences', () => {
  it('follows a bent drift across a gap of seconds and matches the pairs that were made', () => {
    const bend = 3e-10
    const streams = pairStreams({
      duration_s: 20,
      rate_Hz: 8000,
      common: 0.2,
      offset_s: 0.02,
      drift: 5e-7,
      bend_per_s: bend,
      jitter_ps: 400,
      gap_s: [8, 13],
    })
    const { a, b, truth, pairs } = streams
    const found = findOffset(a, b)
    if (!found) throw new Error('no offset found')
    const track = trackOffset(a, b, found)
    for (const t of [1, 4, 7.5, 14, 19]) {
      expect(Math.abs(offsetAt(track, t * 1e12) - truth(t * 1e12))).toBeLessThan(400)
    }
    const matched = matchCoincidences(a, b, track, 4000)
    // 2 ns is 3.5 sigma of a pair's 566 ps; accidentals are 8000^2 x 4e-9 a second.
    const accidental = 8000 ** 2 * 4e-9 * 15
    expect(matched.a.length).toBeGreaterThan(0.98 * pairs)
    expect(matched.a.length).toBeLessThan(
      pairs + accidental + 5 * Math.sqrt(accidental + pairs * 0.01),
    )
    expect(track.residual_ps).toBeGreaterThan(450)
    expect(track.residual_ps).toBeLessThan(680)
  })

  it('takes the nearer of two and no tag twice', () => {
    const line = { at_ps: 0, offset_ps: 1000, drift: 0 }
    const a = Float64Array.of(0, 10_000, 20_000)
    const b = Float64Array.of(600, 1100, 11_050, 30_000)
    const { a: i, b: j, residual_ps } = matchCoincidences(a, b, line, 2000)
    expect([...i]).toEqual([0, 1])
    expect([...j]).toEqual([1, 2])
    expect([...residual_ps]).toEqual([100, 50])
    expect(() => matchCoincidences(a, b, line, 0)).toThrow(/0 ps/)
  })
})
