import { describe, expect, it } from 'vitest'
import { fibreKey } from './fibre'
import {
  comparisonDefaults,
  crossing_km,
  satelliteAgainstFibre,
  typicalPassKey_bits,
} from './satellite-against-fibre'

const curves = satelliteAgainstFibre()

describe('satellite against fibre, 100 to 10 000 km', () => {
  it('has columns of one length over the whole span, in ascending order', () => {
    const { assumptions, ...columns } = curves
    for (const column of Object.values(columns)) expect(column).toHaveLength(41)
    expect([curves.distance_km[0], curves.distance_km[40]]).toEqual([100, 10_000])
    expect(curves.distance_km[20]).toBeCloseTo(1000, 6)
    expect(assumptions.join('; ')).toMatch(
      /0.2 dB\/km.*80 km.*500 km.*50 % of the nights.*eur-variable-2d/,
    )
  })

  it('direct fibre falls, stays below the repeaterless bound, and is dead long before 1000 km', () => {
    const { directFibre_bits: key, repeaterlessBound_bits: bound } = curves
    key.forEach((bits, i) => {
      if (bits > 0) expect(bits).toBeLessThan(bound[i])
      if (i > 0) expect(bits).toBeLessThanOrEqual(key[i - 1])
      if (i > 0) expect(bound[i]).toBeLessThan(bound[i - 1])
    })
    expect(key[0]).toBeGreaterThan(0)
    expect(key[20]).toBe(0)
    // 1 GHz for a day at 20 dB: 8.64e13 x 0.0144995697.
    expect(bound[0] / 8.64e13).toBeCloseTo(0.014499569695, 10)
  })

  it('a satellite does not feel distance and overtakes direct fibre at some hundred kilometres', () => {
    expect(new Set(curves.satellite_bits).size).toBe(1)
    expect(curves.satellite_bits[0]).toBeGreaterThan(1000)
    const crossing = crossing_km(curves)
    expect(crossing).toBeGreaterThan(150)
    expect(crossing).toBeLessThan(600)
  })

  it('a chain of nodes is its hop: the nodes are the price', () => {
    const { distance_km, fibreWithNodes_bits, fibreNodes } = curves
    expect([fibreNodes[0], fibreNodes[40]]).toEqual([1, 124])
    const hop = {
      length_km: 80,
      attenuation_dB_km: 0.2,
      payload: comparisonDefaults.fibrePayload,
      receiver: comparisonDefaults.fibreReceiver,
    }
    const longest = fibreKey(hop, 86_400, comparisonDefaults.security).secret_bits
    for (const bits of fibreWithNodes_bits) expect(bits).toBeGreaterThanOrEqual(longest)
    expect(distance_km[40] / (fibreNodes[40] + 1)).toBe(80)
    expect(fibreWithNodes_bits[40]).toBe(longest)
  })

  it('key a day goes with clear nights and passes', () => {
    const pass = typicalPassKey_bits(comparisonDefaults)
    const two = satelliteAgainstFibre({ points: 2, passesPerDay: 2, clearShare: 1 })
    expect(curves.satellite_bits[0]).toBe(pass / 2)
    expect(two.satellite_bits[0]).toBe(2 * pass)
  })

  it.each([
    [{ from_km: 0 }, /0 to 10000 km/],
    [{ points: 1 }, /1 points/],
    [{ nodeSpacing_km: 0 }, /every 0 km/],
    [{ clearShare: 2 }, /clear share 2/],
  ])('refuses %j', (changes, message) => {
    expect(() => satelliteAgainstFibre(changes)).toThrow(message)
  })
})
