import { describe, expect, it } from 'vitest'
import { formatUtc, parseUtc } from './time'

describe('UTC (CCSDS 301.0-B ASCII codes A and B)', () => {
  it.each([
    ['2016-12-19T16:52:13Z', Date.UTC(2016, 11, 19, 16, 52, 13)],
    ['2016-12-19T16:52', Date.UTC(2016, 11, 19, 16, 52)],
    ['2016-354T16:52:13Z', Date.UTC(2016, 11, 19, 16, 52, 13)],
    ['2016-366T00:00:00Z', Date.UTC(2016, 11, 31)],
    ['2016-02-29T00:00:00Z', Date.UTC(2016, 1, 29)],
  ])('reads %s', (text, utc_ms) => {
    expect(parseUtc(text)).toBe(utc_ms)
  })

  it('keeps the fraction beyond a millisecond (to 1 us)', () => {
    expect(parseUtc('2016-12-19T13:39:33.153408Z') % 1000).toBeCloseTo(153.408, 3)
  })

  it.each(['2017-02-29T00:00:00Z', '2016-02-30T00:00Z', '2017-366T00:00:00Z', '2016-12-19', 'now'])(
    'refuses %s, which names no instant',
    (text) => {
      expect(parseUtc(text)).toBeNaN()
    },
  )

  it('writes milliseconds, rounded', () => {
    expect(formatUtc(Date.UTC(2016, 11, 19) + 0.6)).toBe('2016-12-19T00:00:00.001Z')
  })
})
