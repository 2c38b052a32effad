import { beforeAll, describe, expect, it } from 'vitest'
import type { Candidate } from '../model/pass'
import { bestNightPair } from './best-pair'
import { planCandidates } from './candidate'
import { referencePayload } from '../link/reference-case'
import { payloadSchema } from '../model/payload'
import { flagshipMission, graz, pairSource, xinglong } from './flagship.testing'

const byTca = (candidates: Candidate[], tca: string): Candidate => {
  const found = candidates.find(({ pass }) => pass.tca.utc.startsWith(tca))
  if (!found) throw new Error(`no candidate with TCA ${tca}`)
  return found
}

describe('candidates of the mission of December 2016', () => {
  let candidates: Candidate[]
  let progress: [number, number][]
  beforeAll(() => {
    progress = []
    candidates = planCandidates(flagshipMission(), {
      onProgress: (done, total) => progress.push([done, total]),
    })
  })

  it('flagship pass: 272 s within 1200 km (1 s), dark, 250-420 kbit, QBER 0.8-1.4 % (Liao 2017 bands)', () => {
    const flagship = byTca(candidates, '2016-12-19T16:52:1')
    expect(Math.abs((flagship.exchange?.duration_s ?? 0) - 272)).toBeLessThan(1)
    expect(flagship.dark).toBe(true)
    expect(flagship.whyNoKey).toBeUndefined()
    expect(flagship.expected_key_bits).toBeGreaterThan(250_000)
    expect(flagship.expected_key_bits).toBeLessThan(420_000)
    expect(flagship.expected_qber).toBeGreaterThan(0.008)
    expect(flagship.expected_qber).toBeLessThan(0.014)
  })

  it('every candidate has key or words why not, never both', () => {
    expect(candidates.length).toBeGreaterThan(20)
    for (const { expected_key_bits, whyNoKey } of candidates)
      expect(expected_key_bits > 0).toBe(whyNoKey === undefined)
  })

  it('says daylight, distance and too few counts', () => {
    const reasons = candidates.map(({ whyNoKey }) => whyNoKey ?? '')
    expect(reasons.some((why) => /^daylight: Sun at -?\d+\.\d deg, limit -12$/.test(why))).toBe(
      true,
    )
    expect(reasons.some((why) => /^never within 1200 km: nearest \d+ km$/.test(why))).toBe(true)
    const few = /^too few counts for the finite-key bound: \d{1,3}( \d{3})* sifted bits$/
    expect(reasons.some((why) => few.test(why))).toBe(true)
  })

  it('daylight passes are not dark and have no window', () => {
    for (const { whyNoKey, exchange, dark } of candidates)
      if (whyNoKey?.startsWith('daylight')) {
        expect(exchange).toBeUndefined()
        expect(dark).toBe(false)
      }
  })

  it('come in order of AOS and tell progress to its end', () => {
    const starts = candidates.map(({ pass }) => pass.aos.utc)
    expect([...starts].sort()).toEqual(starts)
    expect(progress.at(-1)).toEqual([candidates.length, candidates.length])
  })

  it('best night pair beats every other pair in its smaller key', () => {
    const pair = bestNightPair(candidates, 'xinglong', 'graz')
    expect(pair?.map(({ pass }) => pass.station)).toEqual(['xinglong', 'graz'])
    const smaller = Math.min(...(pair ?? []).map((c) => c.expected_key_bits))
    const keyOf = (station: string): number[] =>
      candidates
        .filter(({ pass, dark }) => dark && pass.station === station)
        .map((c) => c.expected_key_bits)
    for (const a of keyOf('xinglong'))
      for (const b of keyOf('graz')) expect(Math.min(a, b)).toBeLessThanOrEqual(smaller)
  })

  it('no pair of passes in which the satellite would serve both stations at once', () => {
    const best = candidates.find((c) => c.pass.station === 'xinglong' && c.expected_key_bits > 0)
    if (!best) throw new Error('no candidate with key')
    const next = { ...best, pass: { ...best.pass, id: 'next', station: 'next' } }
    expect(bestNightPair([best, next], 'xinglong', 'next')).toBeNull()
    const exchange = {
      from_utc: '2016-12-22T16:00:00Z',
      to_utc: '2016-12-22T16:04:00Z',
      duration_s: 240,
    }
    const later = { ...next, exchange }
    expect(bestNightPair([best, later], 'xinglong', 'next')).toEqual([best, later])
  })

  it('no pair where a station has no key, or is not there', () => {
    const without = candidates.filter(({ pass }) => pass.station !== 'graz')
    expect(bestNightPair(without, 'xinglong', 'graz')).toBeNull()
    expect(bestNightPair([], 'xinglong', 'graz')).toBeNull()
  })
})

describe('what a record changes', () => {
  const evening = ['2016-12-19T16:00:00Z', '2016-12-19T18:00:00Z'] as const
  const keyOf = (station: typeof xinglong): Candidate =>
    byTca(planCandidates(flagshipMission(...evening, [station])), '2016-12-19T16:52:1')

  it('half the aperture leaves less than half of the key', () => {
    const receiver = { ...xinglong.receiver, aperture_m: 0.5 }
    const half = keyOf({ ...xinglong, receiver })
    expect(half.expected_key_bits).toBeLessThan(keyOf(xinglong).expected_key_bits / 2)
  })

  it('a polarisation error of 20 % is named as such', () => {
    const mission = flagshipMission(...evening, [xinglong])
    mission.satellites[0].payload = { ...mission.satellites[0].payload, polarisation_error: 0.2 }
    const noisy = byTca(planCandidates(mission), '2016-12-19T16:52:1')
    expect(noisy.whyNoKey).toMatch(/^error rate too high: 20\.\d % expected$/)
  })

  it('the bound: the variable-length default gives key, less than the legacy formula', () => {
    const mission = flagshipMission(...evening, [xinglong])
    mission.mission.security = { eps_sec: 1e-9, eps_cor: 1e-15 }
    const current = byTca(planCandidates(mission), '2016-12-19T16:52:1')
    expect(current.expected_key_bits).toBeGreaterThan(0)
    expect(current.expected_key_bits).toBeLessThan(keyOf(xinglong).expected_key_bits)
  })

  it('a one-decoy payload gives key by the one-decoy default, and refuses a bound of two decoys', () => {
    const mission = flagshipMission(...evening, [xinglong])
    const sent = { intensities: [0.6, 0.15], probabilities: [0.7, 0.3] }
    mission.satellites[0].payload = payloadSchema.parse({ ...referencePayload, ...sent })
    mission.mission.exchange.protocol = 'one-decoy-bb84'
    expect(() => planCandidates(mission)).toThrow(/proof "lim2014".*wiesemann-1d or rusca2018/)
    mission.mission.security = { eps_sec: 1e-9, eps_cor: 1e-15 }
    const found = byTca(planCandidates(mission), '2016-12-19T16:52:1')
    expect(found.expected_key_bits).toBeGreaterThan(100_000)
    expect(found.whyNoKey).toBeUndefined()
  })

  it('an entangled source has a window and no key at one station', () => {
    const mission = flagshipMission(...evening, [xinglong])
    mission.satellites[0].payload = pairSource
    const found = byTca(planCandidates(mission), '2016-12-19T16:52:1')
    expect(found).toMatchObject({ expected_key_bits: 0, dark: true })
    expect(found.exchange?.duration_s).toBeGreaterThan(200)
    expect(found.whyNoKey).toBe('an entangled source needs two stations at once')
  })

  it('only the named stations are planned', () => {
    const only = planCandidates(flagshipMission(undefined, undefined), { stations: [graz.id] })
    expect(new Set(only.map(({ pass }) => pass.station))).toEqual(new Set(['graz']))
  })
})
