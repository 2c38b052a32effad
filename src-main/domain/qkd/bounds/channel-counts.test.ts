import { describe, expect, it } from 'vitest'
import type { Counts } from '../../model/report'
import vectors from '../../vectors/lim2014.json'
import { channelCounts, type StaticChannel } from './channel-counts'

const triple = (values: (string | number)[]): Counts => [
  Number(values[0]),
  Number(values[1]),
  Number(values[2]),
]
const channelOf = ({ channel }: (typeof vectors.cases)[number]): StaticChannel => ({
  pulses: Number(channel.N_pulses),
  basis_x_probability: Number(channel.Px),
  intensities: triple(channel.mu),
  probabilities: triple(channel.p_mu),
  transmittance: Number(channel.eta_sys),
  dark_count_probability: Number(channel.p_dc),
  misalignment_error: Number(channel.e_mis),
  afterpulse_probability: Number(channel.p_ap),
})

describe('counts of a static channel against the vectors of Lim 2014, to one count (whole products)', () => {
  it.each(vectors.cases)('$name', (vector) => {
    const { counts, errors } = channelCounts(channelOf(vector))
    const found = [counts.x, counts.z, errors.x, errors.z].flat()
    const { nX, nZ, mX, mZ } = vector.counts
    const expected = [nX, nZ, mX, mZ].flat()
    for (const [i, count] of found.entries())
      expect(Math.abs(count - expected[i])).toBeLessThanOrEqual(1)
    expect(found.slice(0, 2)).toEqual(expected.slice(0, 2))
  })

  it('refuses impossible channels by name', () => {
    const base = channelOf(vectors.cases[0])
    expect(() => channelCounts({ ...base, transmittance: 2 })).toThrow('eta_sys 2')
    expect(() => channelCounts({ ...base, pulses: NaN })).toThrow('N_pulses NaN')
  })
})
