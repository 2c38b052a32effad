import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Mission } from '../domain/model/mission'
import { CatalogueStore } from './catalogue'
import { readMission } from './mission-file'
import { resolveMission } from './resolve-mission'

const resources = join(import.meta.dirname, '../../resources')
const example = readFileSync(join(resources, 'missions/xinglong-graz-2016.json'), 'utf8')
const catalogue = new CatalogueStore(resources).view()
const mission = (change: Partial<Mission>): Mission => ({
  ...readMission(example, 'example'),
  ...change,
})

/** The example's payload with some fields overridden. */
const payload = (change: object): Partial<Mission> => ({
  satellites: [
    {
      noradId: 41731,
      elements: 'micius-2016-12-19',
      payload: { id: 'micius-bb84', ...change },
    },
  ],
})

describe('resolving a mission (contract: ids of shipped records, or objects that override them)', () => {
  it('finds the shipped records of the example and tells that Micius has re-entered', () => {
    const { resolved, notices } = resolveMission(mission({}), catalogue)
    expect(resolved.stations.map(({ id }) => id)).toEqual(['xinglong', 'graz'])
    expect(resolved.satellites[0].record.elements.noradId).toBe(41731)
    expect(notices.some(({ text }) => text.includes('2026-01-25'))).toBe(true)
  })

  it('overrides the fields an inline object names and keeps the others', () => {
    const stations = ['xinglong', { id: 'graz', receiver: { aperture_m: 0.25 } }]
    const graz = resolveMission(mission({ stations }), catalogue).resolved.stations[1]
    expect(graz.receiver.aperture_m).toBe(0.25)
    expect(graz.receiver.gate_ns).toBe(2)
  })

  it('fills what a station of one’s own leaves out from the shipped defaults', () => {
    const own = { id: 'home', name: 'Home', lat_deg: 48.2, lon_deg: 16.4, alt_m: 200 }
    const stations = ['xinglong', 'graz', { ...own, receiver: { aperture_m: 0.4 } }]
    const home = resolveMission(mission({ stations }), catalogue).resolved.stations[2]
    expect(home.receiver.aperture_m).toBe(0.4)
    expect(home.receiver.gate_ns).toBe(catalogue.stationDefaults.receiver.gate_ns)
    expect(home.site).toEqual(catalogue.stationDefaults.site)
  })

  it.each<[string, Partial<Mission>, RegExp]>([
    ['an unknown station', { stations: ['xinglog', 'graz'] }, /xinglog.*"xinglong"/],
    [
      'an unknown field of a station',
      { stations: ['xinglong', { id: 'graz', receiver: { apperture_m: 1 } }] },
      /apperture_m.*"aperture_m"/,
    ],
    [
      'a negative aperture',
      { stations: ['xinglong', { id: 'graz', receiver: { aperture_m: -1 } }] },
      /receiver\.aperture_m/,
    ],
    [
      'intensities that the decoy bound cannot use',
      payload({ intensities: [0.1, 0.8, 0] }),
      /example\.json: satellites\.0\.payload\.intensities is \[0\.1,0\.8,0\].*descend/,
    ],
    [
      'probabilities that do not sum to 1',
      payload({ probabilities: [0.5, 0.25, 0.3] }),
      /payload\.probabilities is \[0\.5,0\.25,0\.3\].*sum to 1/,
    ],
    [
      'a contact over a station that is not there',
      { contacts: [{ satellite: 41731, station: 'wien', near_utc: '2016-12-19T16:52:00Z' }] },
      /contacts\.0\.station is "wien"/,
    ],
    [
      'a contact outside the clock, for which elements and re-entry were not judged',
      { contacts: [{ satellite: 41731, station: 'graz', near_utc: '2026-06-19T16:52:00Z' }] },
      /contacts\.0\.near_utc 2026-06-19T16:52:00Z lies outside the mission's clock/,
    ],
    [
      'elements past the re-entry',
      {
        clock: {
          mode: 'rehearsal',
          start: '2026-02-01T00:00:00Z',
          end: '2026-02-02T00:00:00Z',
          speed: 60,
        },
      },
      /2026-01-25/,
    ],
  ])('refuses %s with the way out', (_, change, message) => {
    expect(() => resolveMission(mission(change), catalogue, 'example.json')).toThrow(message)
  })
})
