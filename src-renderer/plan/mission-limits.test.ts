/** Oracle: the contract's mission fields and their bounds; times by CCSDS 301.0-B. */
import { describe, expect, it } from 'vitest'
import { missionSchema } from '@domain/model/mission'
import { fieldsOf, readLimits } from './mission-limits'

const mission = missionSchema.parse({
  mission: 'Xinglong–Graz 2016',
  clock: { mode: 'rehearsal', start: '2016-12-19T12:00:00Z', end: '2016-12-23T12:00:00Z' },
  satellites: [{ noradId: 41731, elements: 'micius-2016-12-19', payload: 'micius-bb84' }],
  stations: ['xinglong', 'graz'],
  exchange: { protocol: 'decoy-bb84' },
  contacts: [
    { satellite: 41731, station: 'xinglong', near_utc: '2016-12-19T16:52:00Z' },
    { satellite: 41731, station: 'graz', near_utc: '2016-12-22T23:38:00Z' },
  ],
})
const fields = fieldsOf(mission)
const read = (change: Partial<typeof fields>) => readLimits({ ...fields, ...change }, mission)

describe('mission limits', () => {
  it('unchanged fields give the mission back', () => {
    const { mission: name, clock, exchange, contacts } = mission
    const change = { mission: name, clock, exchange, contacts }
    expect(read({})).toEqual({ ok: true, change, released: 0 })
  })

  it('take dates, a blank for the T, a day of the year, and a printed minus', () => {
    const typed = { start: '2016-12-19', end: ' 2016-12-23 06:30', sunBelow_deg: '\u221218' }
    expect(read(typed)).toMatchObject({
      ok: true,
      change: {
        clock: { start: '2016-12-19T00:00:00Z', end: '2016-12-23T06:30Z' },
        exchange: { sun_below_deg: -18 },
      },
    })
    expect(read({ end: '2016-358T12:00' }).ok).toBe(true)
  })

  it('release contacts that the new horizon leaves outside', () => {
    const found = read({ end: '2016-12-21T00:00:00Z' })
    expect(found).toMatchObject({ ok: true, released: 1 })
    expect(found.ok && found.change.contacts.map(({ station }) => station)).toEqual(['xinglong'])
  })

  it.each([
    [{ name: ' ' }, /name/],
    [{ start: '19.12.2016' }, /Start is "19\.12\.2016"/],
    [{ end: '2016-02-30T00:00:00Z' }, /End is "2016-02-30/],
    [{ end: '2016-12-01' }, /after/],
    [{ minElevation_deg: '91' }, /91/],
    [{ maxRange_km: '' }, /range/i],
    [{ sunBelow_deg: '5' }, /5/],
    [{ minElevation_deg: 'ten' }, /ten/],
  ])('refuse %j in words', (change, words) => {
    const found = read(change)
    expect(found.ok ? '' : found.reason).toMatch(words)
  })
})
