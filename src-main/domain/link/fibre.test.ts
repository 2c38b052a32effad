import { describe, expect, it } from 'vitest'
import {
  fibreBudget,
  fibreKey,
  fibreSecond,
  fibreTransmittance,
  plobBound,
  type FibreHop,
} from './fibre'
import { fibreReferencePayload, fibreReferenceReceiver } from './fibre-reference'

const security = { eps_sec: 1e-9, eps_cor: 1e-15 }
const hop = (length_km: number): FibreHop => ({
  length_km,
  attenuation_dB_km: 0.2,
  payload: fibreReferencePayload,
  receiver: fibreReferenceReceiver,
})

describe('fibre loss and repeaterless bound against closed forms, relative 1e-12', () => {
  it('100 km at 0.2 dB/km is 20 dB, a transmittance of 0.01', () => {
    expect(fibreTransmittance(100, 0.2)).toBeCloseTo(0.01, 14)
    expect(fibreBudget(hop(100)).withDetector.transmittance).toBeCloseTo(0.0064, 14)
  })

  it('PLOB there is 0.014499569695 bit a pulse, and 1.44 eta for long fibres', () => {
    expect(Math.abs(plobBound(0.01) / 0.014499569695115 - 1)).toBeLessThan(1e-12)
    expect(Math.abs(plobBound(1e-9) / (1e-9 / Math.LN2) - 1)).toBeLessThan(1e-9)
    expect(plobBound(0.5)).toBe(1)
    expect(plobBound(0)).toBe(0)
  })

  it('refuses what is no fibre', () => {
    expect(() => fibreTransmittance(-1, 0.2)).toThrow(/-1 km/)
    expect(() => plobBound(1)).toThrow(/transmittance 1/)
  })
})

describe('decoy BB84 over fibre', () => {
  it('clicks of a dark-free fibre follow 1 - exp(-mu eta), relative 1e-12', () => {
    const quiet = { ...hop(50), receiver: { ...fibreReferenceReceiver, dark_count_rate_Hz: 0 } }
    const eta = fibreBudget(quiet).withGate.transmittance
    const [mu] = fibreReferencePayload.intensities
    const expected = 1e9 * 0.8 * 0.9 ** 2 * -Math.expm1(-mu * eta)
    expect(Math.abs(fibreSecond(quiet).counts.x[0] / expected - 1)).toBeLessThan(1e-12)
    expect(fibreSecond(quiet).qber).toBeCloseTo(0.01, 12)
  })

  it('key falls with length, stays below the repeaterless bound and ends at a dead zone', () => {
    const lengths = [10, 50, 100, 150, 200]
    const keys = lengths.map((km) => fibreKey(hop(km), 3600, security).secret_bits)
    keys.forEach((key, i) => {
      const bound = 3600e9 * plobBound(fibreTransmittance(lengths[i], 0.2))
      expect(key).toBeLessThan(bound)
      expect(key).toBeGreaterThan(0.001 * bound)
      if (i > 0) expect(key).toBeLessThan(keys[i - 1])
    })
    const dead = fibreKey(hop(500), 3600, security)
    expect(dead.secret_bits).toBe(0)
    expect(dead.reason).toMatch(/finite-key bound leaves nothing/)
  })

  it('a longer block gives more than its share', () => {
    const hour = fibreKey(hop(200), 3600, security).secret_bits
    expect(fibreKey(hop(200), 86_400, security).secret_bits).toBeGreaterThan(24 * hour)
  })
})
