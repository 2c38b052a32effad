import { describe, expect, it } from 'vitest'
import { planCandidates } from '@domain/plan/candidate'
import { flagshipMission, graz, pairSource, xinglong } from '@domain/plan/flagship.testing'
import { chosenIds, isPass, requestFor, toggled } from './chosen'
import { isNotModelled, pairCandidates, withPairs } from './pair-candidates'

/** 1200 km from Xinglong, so that both see the satellite at once; Graz never does. */
const delingha = { ...xinglong, id: 'delingha', name: 'Delingha', lat_deg: 37.38, lon_deg: 97.73 }
const weak = flagshipMission('2016-12-19T12:00:00Z', '2016-12-20T12:00:00Z', [
  delingha,
  xinglong,
  graz,
])
const resolved = {
  ...weak,
  satellites: weak.satellites.map((entry) => ({ ...entry, payload: pairSource })),
}
const single = planCandidates(resolved)
const pairs = pairCandidates(resolved, single)

describe('entangled contacts as candidates', () => {
  it('are made of two passes that overlap, named as the engine names them', () => {
    expect(pairs.length).toBeGreaterThan(0)
    for (const { pass, stations, expected_key_bits, whyNoKey } of pairs) {
      expect(stations).toEqual(['delingha', 'xinglong'])
      expect(pass.station).toBe('xinglong')
      expect(pass.id).toMatch(/^41731-delingha\+xinglong-2016/)
      expect(expected_key_bits).toBe(0)
      expect(whyNoKey).toMatch(/\w/)
    }
    expect(new Set(pairs.map(({ pass }) => pass.id)).size).toBe(pairs.length)
  })

  it('have the common window, where there is one, inside both windows', () => {
    const windows = single.filter(({ exchange }) => exchange)
    for (const { exchange, pass } of pairs.filter((entry) => entry.exchange)) {
      const inside = windows.filter(
        (one) =>
          Math.abs(Date.parse(one.pass.tca.utc) - Date.parse(pass.tca.utc)) < 600_000 &&
          (one.exchange?.from_utc ?? '') <= (exchange?.from_utc ?? '') &&
          (one.exchange?.to_utc ?? '') >= (exchange?.to_utc ?? ''),
      )
      expect(inside.length).toBeGreaterThanOrEqual(2)
    }
  })

  it('say that a yield is not modelled where there is a window, and why not where there is none', () => {
    for (const { exchange, whyNoKey } of withPairs(resolved, single))
      expect(isNotModelled(whyNoKey)).toBe(exchange !== undefined)
  })

  it('are none for weak pulses', () => {
    expect(pairCandidates(weak, planCandidates(weak))).toEqual([])
    expect(withPairs(weak, single)).toEqual(single)
  })

  it('are chosen and released by contacts with two stations, in either order', () => {
    const all = [...single, ...pairs]
    const [first] = pairs
    if (!first) throw new Error('There is no pair.')
    const chosen = toggled([], first, all)
    expect(chosen).toEqual([requestFor(first)])
    expect(chosen[0]).toMatchObject({ stations: ['delingha', 'xinglong'] })
    expect([...chosenIds(chosen, all)]).toEqual([first.pass.id])
    const turned = { ...requestFor(first), stations: ['xinglong', 'delingha'] as [string, string] }
    expect([...chosenIds([turned], all)]).toEqual([first.pass.id])
    expect(toggled(chosen, first, all)).toEqual([])
  })

  it('are told from the same pass measured on board', () => {
    const [first] = pairs
    const alone = single.find(({ pass }) => pass.tca.utc === first?.pass.tca.utc)
    if (!first || !alone) throw new Error('There is no pair.')
    const state = {
      contactId: first.pass.id,
      satellite: 41731,
      satelliteName: 'MICIUS',
      station: 'xinglong',
      stationName: 'Xinglong',
      aos_utc: first.pass.aos.utc,
      tca_utc: first.pass.tca.utc,
      los_utc: first.pass.los.utc,
      exchange_from_utc: first.pass.aos.utc,
      exchange_to_utc: first.pass.los.utc,
      phase: 'track' as const,
      phaseStarted_ms: {},
      outcome: 'running' as const,
      speed: 1,
      seed: 1,
    }
    const together = { ...state, ends: ['delingha', 'xinglong'] as [string, string] }
    const onBoard = { ...state, ends: ['MICIUS', 'xinglong'] as [string, string] }
    expect([isPass(together, first), isPass(together, alone)]).toEqual([true, false])
    expect([isPass(onBoard, first), isPass(onBoard, alone)]).toEqual([false, true])
    expect(isPass(state, alone)).toBe(true)
  })
})
