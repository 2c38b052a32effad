import { describe, expect, it } from 'vitest'
import { sunBands } from './sun-bands'

const from_ms = Date.UTC(2016, 11, 19)
const to_ms = from_ms + 86_400_000
const place = (lat_deg: number, lon_deg: number) => ({
  id: 'x',
  name: 'X',
  lat_deg,
  lon_deg,
  alt_m: 0,
})

describe('night, twilight and day by the Sun at the equator and beyond the polar circle', () => {
  it('covers the span without gaps', () => {
    const bands = sunBands(place(47, 15), from_ms, to_ms, -12)
    expect(bands[0]?.from_ms).toBe(from_ms)
    expect(bands.at(-1)?.to_ms).toBe(to_ms)
    bands.slice(1).forEach((band, at) => expect(band.from_ms).toBe(bands[at]?.to_ms))
  })
  it('has a day of 12 h within 10 min at the equator (geometric, no refraction)', () => {
    const day = sunBands(place(0, 0), from_ms, to_ms, -12).find((band) => band.kind === 'day')
    expect(Math.abs(((day?.to_ms ?? 0) - (day?.from_ms ?? 0)) / 60_000 - 720)).toBeLessThan(10)
  })
  it('has no day at 80° north in December', () => {
    const kinds = sunBands(place(80, 0), from_ms, to_ms, -12).map((band) => band.kind)
    expect(kinds).not.toContain('day')
    expect(kinds).toContain('night')
  })
})
