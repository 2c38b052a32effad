/** Oracle: the mission's rule (7 and 30 days) and the catalogued re-entry of Micius, 2026-01-25. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseUtc } from '../model/time'
import { elementsCatalogue, knownReentries } from './catalogue'
import { checkUsable, passSatellite } from './usable'

/** Read as a file: no room imports a resource. */
const shippedFile = (path: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../resources', path), 'utf8'))
const micius = shippedFile('elements/micius.json') as unknown

const records = elementsCatalogue(micius)
const record = (id: string) => records.find((one) => one.id === id)!
const flagship = record('micius-2016-12-19')
const day = (utc: string): number => parseUtc(`${utc}T00:00:00Z`)

describe('shipped catalogue', () => {
  it('holds the 32 good sets with the ids that missions name', () => {
    expect(records).toHaveLength(32)
    expect(new Set(records.map(({ id }) => id)).size).toBe(32)
    expect(flagship.elements.epoch_ms).toBeCloseTo(Date.parse('2016-12-19T13:39:33.153Z'), -1)
    expect(record('micius-2016-12-18').elements.noradId).toBe(41731)
  })

  it('knows the end of Micius', () => {
    expect(knownReentries(records).get(41731)).toBe('2026-01-25')
  })

  it('names a broken record', () => {
    const broken = { records: [{ id: 'x', source: '', elements: { NORAD_CAT_ID: 1 } }] }
    expect(() => elementsCatalogue(broken)).toThrow(/record x: .*MEAN_MOTION is missing/)
  })
})

describe('age of elements', () => {
  const severity = (from: string, to: string) =>
    checkUsable(flagship, day(from), day(to))?.severity ?? 'fresh'

  it('is fresh to 7 days, a caution past 7, serious past 30', () => {
    expect(severity('2016-12-20', '2016-12-21')).toBe('fresh')
    expect(severity('2016-12-26', '2016-12-27')).toBe('fresh')
    expect(severity('2016-12-27', '2016-12-28')).toBe('caution')
    expect(severity('2017-01-18', '2017-01-19')).toBe('caution')
    expect(severity('2017-01-19', '2017-01-20')).toBe('serious')
    expect(severity('2016-11-01', '2016-11-02')).toBe('serious')
  })

  it('gives age and flag as the passes document has them', () => {
    const satellite = passSatellite(flagship.elements, parseUtc('2016-12-29T13:39:33.153Z'))
    expect(satellite.ageAtFrom_days).toBeCloseTo(10, 6)
    expect(satellite).toMatchObject({ name: 'QSS (MOZI)', noradId: 41731, ageFlag: 'stale' })
  })
})

describe('re-entry', () => {
  const last = record('micius-2025-12-12')

  it('refuses a window past it and says the way out', () => {
    const problem = checkUsable(last, day('2026-01-20'), day('2026-02-01'))
    expect(problem?.severity).toBe('critical')
    expect(problem?.text).toMatch(/re-entered on 2026-01-25/)
    expect(problem?.wayOut).toMatch(/before 2026-01-25/)
  })

  it('allows a window before it', () => {
    expect(checkUsable(last, day('2025-12-13'), day('2025-12-14'))).toBeNull()
  })

  it('refuses where SGP4 itself gives no position', () => {
    const draggy = { ...last.elements, bstar_per_earth_radius: 0.05 }
    const problem = checkUsable({ elements: draggy }, day('2026-03-01'), day('2026-03-02'))
    expect(problem?.severity).toBe('critical')
    expect(problem?.text).toMatch(/SGP4 error/)
  })
})
