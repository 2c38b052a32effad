import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { missionSchema } from '../domain/model/mission'
import { readMission } from './mission-file'

const resources = join(import.meta.dirname, '../../resources')
const example = readFileSync(join(resources, 'missions/xinglong-graz-2016.json'), 'utf8')

/** The example with one change. */
function changed(change: (mission: Record<string, never>) => void): string {
  const mission = JSON.parse(example) as Record<string, never>
  change(mission)
  return JSON.stringify(mission)
}

describe('mission file (contract, "Mission file")', () => {
  it('ships the JSON schema that the program validates by', () => {
    const shipped = readFileSync(join(resources, 'schemas/mission.schema.json'), 'utf8')
    expect(JSON.parse(shipped)).toEqual(z.toJSONSchema(missionSchema, { io: 'input' }))
  })

  it('accepts a byte order mark, as some editors write it', () => {
    expect(readMission(`\uFEFF${example}`, 'example').stations).toHaveLength(2)
  })

  it('accepts the example mission', () => {
    expect(readMission(example, 'example').contacts).toHaveLength(2)
  })

  it.each([
    ['unknown field', (m: never) => Object.assign(m, { statoins: [] }), /statoins.*"stations"/s],
    [
      'unknown nested field',
      (m: { exchange: object }) => Object.assign(m.exchange, { max_range_m: 1_200_000 }),
      /exchange\.max_range_m = 1200000.*"max_range_km"/s,
    ],
    [
      'unknown field in a list',
      (m: { contacts: object[] }) => Object.assign(m.contacts[0], { statoin: 'graz' }),
      /contacts\.0\.statoin.*"station"/s,
    ],
    [
      'wrong unit',
      (m: { exchange: object }) => Object.assign(m.exchange, { min_elevation_deg: 900 }),
      /exchange\.min_elevation_deg is 900.*<=90/s,
    ],
    [
      'no time',
      (m: { clock: object }) => Object.assign(m.clock, { start: '19.12.2016' }),
      /clock\.start is "19\.12\.2016".*2016-12-19T12:00:00Z/s,
    ],
    [
      'a day that is not in the calendar',
      (m: { clock: object }) => Object.assign(m.clock, { end: '2017-02-29T12:00:00Z' }),
      /clock\.end is "2017-02-29T12:00:00Z"/,
    ],
    [
      'an epsilon that 128-bit tags cannot keep',
      (m: { security: object }) => Object.assign(m.security, { eps_cor: 1e-40 }),
      /security\.eps_cor is 1e-40.*>=1e-30/s,
    ],
    [
      'a request from a station to itself',
      (m: { requests: object[] }) => Object.assign(m.requests[0], { b: 'xinglong' }),
      /requests\.0\.b is "xinglong", the same station as a/,
    ],
    [
      'a station named twice',
      (m: { stations: unknown[] }) => m.stations.push({ id: 'graz' }),
      /stations\.2 is "graz", which stands there already/,
    ],
    [
      'end before start',
      (m: { clock: object }) => Object.assign(m.clock, { end: '2016-12-18T12:00:00Z' }),
      /clock\.end 2016-12-18T12:00:00Z is not after/,
    ],
  ])('refuses %s with field, value and way out', (_, change, message) => {
    expect(() => readMission(changed(change as never), 'mission.json')).toThrow(message)
  })

  it.each([
    ['broken JSON', '{"mission":', /mission\.json is not JSON/],
    ['an empty file', '  \n', /mission\.json is empty/],
    [
      'what is nested past all measure',
      '['.repeat(1e5) + ']'.repeat(1e5),
      /mission\.json is nested too deeply/,
    ],
    ['a number beyond doubles', example.replace('1200', '1e999'), /max_range_km is Infinity/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readMission(text, 'mission.json')).toThrow(message)
  })
})
