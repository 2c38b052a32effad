import { describe, expect, it } from 'vitest'
import {
  formatAge,
  formatBits,
  formatCountdown,
  formatDayOfYear,
  formatDifference,
  formatEpsilon,
  formatInstant,
  formatKbit,
  formatNumber,
  formatReason,
  formatTime,
} from './format'

describe('numbers as the visual direction writes them', () => {
  it('uses the minus sign and a thin space per thousand', () => {
    expect(formatNumber(-70.6, 1)).toBe('\u221270.6')
    expect(formatBits(1256917)).toBe('1\u2009256\u2009917')
  })
  it('shows no minus before a rounded zero', () => {
    expect(formatNumber(-0.04, 1)).toBe('0.0')
  })
  it('gives a difference its sign, and zero none', () => {
    expect([1204, -3, 0, NaN].map((value) => formatDifference(value))).toEqual([
      '+1\u2009204',
      '\u22123',
      '0',
      '–',
    ])
  })
  it('shows a dash for no value, never zero', () => {
    for (const nothing of [NaN, null, undefined, Infinity])
      expect(formatNumber(nothing, 1)).toBe('–')
  })
  it('writes kbit with a decimal below a hundred', () => {
    expect([0, 1600, 42_500, 301_820].map(formatKbit)).toEqual(['0', '1.6', '42.5', '302'])
  })
  it('writes epsilon as a power of ten', () => {
    expect(formatEpsilon(1e-9)).toBe('1.0 × 10⁻⁹')
    expect(formatEpsilon(2.5e-15)).toBe('2.5 × 10⁻¹⁵')
  })
})

describe('times in UTC', () => {
  const tca_ms = Date.UTC(2016, 11, 19, 16, 52, 13, 999)
  it('rounds clocks down to the second', () => {
    expect(formatTime(tca_ms)).toBe('16:52:13Z')
    expect(formatInstant(tca_ms)).toBe('2016-12-19T16:52:13Z')
  })
  it('counts 2016-12-19 as day 354 (CCSDS 301.0-B code B)', () => {
    expect(formatDayOfYear(tca_ms)).toBe('354')
  })
  it('counts down to an event and up from it', () => {
    expect(formatCountdown(81_000, 0)).toBe('T\u2212 01:21')
    expect(formatCountdown(0, 263_000)).toBe('T+ 04:23')
    expect(formatCountdown(16_795_000, 0)).toBe('T\u2212 4:39:55')
  })
  it('writes an age in at most two units', () => {
    expect(formatAge(4 * 3_600_000 + 46 * 60_000)).toBe('4 h 46 min')
    expect(formatAge(50 * 3_600_000)).toBe('2 d 2 h')
  })
})

describe('reasons of the models', () => {
  it('get degree and minus signs, and dates keep their hyphens', () => {
    expect(formatReason('daylight 2016-12-19: Sun at -3.2 deg, limit -12')).toBe(
      'daylight 2016-12-19: Sun at \u22123.2°, limit \u221212',
    )
  })
})
