/** Oracle: the public Micius sets with their verdicts, and one set in the spellings of CCSDS 502.0. */
import { describe, expect, it } from 'vitest'
import numbers from '../vectors/omm-examples/numbers.json'
import strings from '../vectors/omm-examples/strings.json'
import micius from '../vectors/micius-elements.json'
import { importElements } from './import-elements'
import { tleChecksum } from './tle'

const valid = micius.elements.filter((set) => set.status === 'valid')
const byKind = (kind: string) =>
  micius.elements.filter((set) => set.status === 'invalid' && 'kind' in set && set.kind === kind)
const tle = (set: { line1: string; line2: string }): string => `${set.line1}\n${set.line2}\n`
const flagship = valid.find((set) => set.epoch_utc === '2016-12-19T13:39:33Z') as (typeof valid)[0]
const reasonOf = (text: string): string =>
  importElements(text, 'file')
    .rejected.map(({ reason }) => reason)
    .join(' | ')
/** The same line with its checksum set right again after a change. */
const resealed = (line: string): string => line.slice(0, 68) + tleChecksum(line.slice(0, 68))
const replaced = (line: string, column: number, text: string): string =>
  resealed(line.slice(0, column - 1) + text + line.slice(column - 1 + text.length))

describe('public Micius sets', () => {
  it('accepts all 32 good sets of the collection and refuses the 3 bad ones', () => {
    const found = importElements(JSON.stringify(micius), 'micius-elements.json')
    expect(found.accepted).toHaveLength(32)
    expect(found.rejected).toHaveLength(3)
    expect(found.accepted[0]?.name).toBe('QSS (MOZI)')
  })

  it('accepts the same sets as one TLE file with CRLF line ends', () => {
    const text = valid.map(tle).join('').replace(/\n/g, '\r\n')
    const found = importElements(text, 'active.txt')
    expect([found.accepted.length, found.rejected]).toEqual([32, []])
  })

  it('names the stray blank, the tampering and the fabrication', () => {
    const [stray, tampered, fabricated] = ['stray-blank', 'tampered', 'fabricated'].map((kind) =>
      reasonOf(tle(byKind(kind)[0] as (typeof valid)[0])),
    )
    expect(stray).toBe('line 2 has 70 columns, 69 are needed')
    expect(tampered).toMatch(/line 2 has 71 columns.*line 2 fails its checksum/)
    expect(fabricated).toMatch(/line 1 fails its checksum.*line 2 fails its checksum/)
  })

  it('keeps the good sets around a bad one and says where the bad one stands', () => {
    const text = tle(valid[0]!) + tle(byKind('fabricated')[0] as (typeof valid)[0]) + tle(valid[1]!)
    const found = importElements(text, 'three.tle')
    expect(found.accepted).toHaveLength(2)
    expect(found.rejected.map(({ record }) => record)).toEqual(['lines 3-4 (41731)'])
  })

  it('refuses one altered digit in any column of either line', () => {
    for (let column = 0; column < 69; column += 1) {
      const spoil = (line: string): string => {
        const old = line.charAt(column)
        const digit = /\d/.test(old) ? String((Number(old) + 1) % 10) : '7'
        return line.slice(0, column) + digit + line.slice(column + 1)
      }
      const first = importElements(`${spoil(flagship.line1)}\n${flagship.line2}`, 'a')
      const second = importElements(`${flagship.line1}\n${spoil(flagship.line2)}`, 'b')
      expect([column, first.accepted.length, second.accepted.length]).toEqual([column, 0, 0])
    }
  })
})

describe('one set in several spellings', () => {
  const fromTle = importElements(tle(flagship), 'tle').accepted[0]!

  it('is the same from TLE, OMM numbers and OMM strings to 1e-9', () => {
    for (const document of [numbers, strings]) {
      const omm = importElements(JSON.stringify(document), 'omm').accepted[0]!
      expect(omm.epoch_ms).toBeCloseTo(fromTle.epoch_ms, 2)
      for (const key of ['meanMotion_rad_s', 'bstar_per_earth_radius'] as const)
        expect(Math.abs(omm[key] / fromTle[key] - 1)).toBeLessThan(1e-9)
      for (const key of ['eccentricity', 'inclination_rad', 'raan_rad', 'meanAnomaly_rad'] as const)
        expect(Math.abs(omm[key] - fromTle[key])).toBeLessThan(1e-9)
    }
  })

  it('keeps the microseconds of the epoch', () => {
    const second_ms = Date.parse('2016-12-19T13:39:33Z')
    expect(fromTle.epoch_ms - second_ms).toBeCloseTo(153.408, 3)
  })

  it('is kept once when a file repeats it', () => {
    expect(importElements(tle(flagship) + tle(flagship), 'twice').accepted).toHaveLength(1)
  })

  it('reads a six-digit catalogue number and a single OMM object', () => {
    const found = importElements(JSON.stringify(numbers[1]), 'six.json')
    expect(found.accepted.map(({ noradId }) => noradId)).toEqual([100041])
  })

  it('reads explicit plus signs and leading zeros as their plain spelling', () => {
    const plus = valid.find((set) => set.epoch_utc.startsWith('2017-01-06'))!
    const set = importElements(tle(plus), 'plus').accepted[0]!
    expect(set.bstar_per_earth_radius).toBeCloseTo(3.345e-5, 12)
    expect((set.inclination_rad * 180) / Math.PI).toBeCloseTo(97.3698, 10)
  })
})

describe('TLE spellings', () => {
  const { line1, line2 } = flagship

  it('reads names of 3LE with and without the leading 0', () => {
    const text = `0 QSS (MOZI)\n${tle(flagship)}\nMICIUS 2\n${tle(valid[0]!)}`
    expect(importElements(text, '3le').accepted.map(({ name }) => name)).toEqual([
      'QSS (MOZI)',
      'MICIUS 2',
    ])
  })

  it('reads Alpha-5 numbers as Space-Track defines them', () => {
    const numberOf = (columns: string): number | undefined =>
      importElements(`${replaced(line1, 3, columns)}\n${replaced(line2, 3, columns)}`, 'alpha')
        .accepted[0]?.noradId
    expect(['A0000', 'E8493', 'J2931', 'P4018', 'Z9999'].map(numberOf)).toEqual([
      100000, 148493, 182931, 234018, 339999,
    ])
    expect(['I0000', 'O0000'].map(numberOf)).toEqual([undefined, undefined])
  })

  it('names swapped lines, also in a run of them', () => {
    expect(reasonOf(`${line2}\n${line1}`)).toMatch(/lines are swapped/)
    const run = `${line2}\n${line1}\n${valid[0]!.line2}\n${valid[0]!.line1}`
    expect(importElements(run, 'run').accepted).toEqual([])
  })

  it('names differing satellite numbers though both checksums hold', () => {
    expect(reasonOf(`${line1}\n${replaced(line2, 3, '41732')}`)).toBe(
      'satellite numbers differ: line 1 is of 41731, line 2 of 41732',
    )
  })

  it('names columns out of place and values out of range though the checksum holds', () => {
    expect(reasonOf(`${line1}\n${replaced(line2, 9, '97.3698 ')}`)).toMatch(
      /out of place: inclination \(columns 9-16\)/,
    )
    expect(reasonOf(`${line1}\n${replaced(line2, 9, '197.3698')}`)).toMatch(
      /inclination is 197\.3698 degrees, it must lie in 0 to 180 degrees/,
    )
    expect(reasonOf(`${replaced(line1, 21, '400')}\n${line2}`)).toMatch(/epoch is day 400/)
  })

  it('names a cut-off file and a lone name', () => {
    expect(reasonOf(line1)).toBe('line 1 is not followed by its line 2')
    expect(reasonOf(line2)).toBe('line 2 has no line 1 before it')
    expect(reasonOf(`${tle(flagship)}LONELY`)).toMatch(/no line 1 follows/)
  })
})

describe('bad OMM and foreign files', () => {
  const altered = (change: object): string => JSON.stringify({ ...numbers[0], ...change })

  it.each([
    [{ INCLINATION: 297 }, /inclination is 297\.0000 degrees/],
    [{ ECCENTRICITY: 1.2 }, /eccentricity is 1\.2/],
    [{ MEAN_MOTION: 17.9 }, /under the ground/],
    [{ MEAN_MOTION: '15,2' }, /MEAN_MOTION is "15,2", it must be a number/],
    [{ BSTAR: undefined }, /BSTAR is missing/],
    [{ EPOCH: '19.12.2016' }, /EPOCH is "19\.12\.2016", it must be UTC/],
    [{ NORAD_CAT_ID: 1.5 }, /catalogue number is 1\.5/],
    [{ MEAN_ELEMENT_THEORY: 'SGP4-XP' }, /only SGP4/],
    [{ REF_FRAME: 'GCRF' }, /only TEME/],
  ])('refuses %j', (change, reason) => {
    expect(importElements(altered(change), 'x').accepted).toEqual([])
    expect(reasonOf(altered(change))).toMatch(reason)
  })

  it('names the place in broken JSON as one refused record', () => {
    const found = importElements('[\n {"OBJECT_NAME": }\n]', 'broken.json')
    expect(found.rejected).toHaveLength(1)
    expect(found.rejected[0]?.record).toBe('broken.json')
    expect(found.rejected[0]?.reason).toMatch(/^broken JSON at line 2, column \d+/)
  })

  it('refuses an empty file, a blank one, an empty list and a file without sets', () => {
    expect(reasonOf('')).toBe('the file is empty')
    expect(reasonOf(' \r\n\n')).toBe('the file is empty')
    expect(reasonOf('[]')).toBe('the JSON holds no element set')
    expect(reasonOf('hello\nworld')).toMatch(/no element set is found; read are OMM as JSON/)
  })

  it('names XML, KVN and CSV as formats that are not read', () => {
    expect(reasonOf('<?xml version="1.0"?><omm/>')).toMatch(/^XML is not read; read are/)
    expect(reasonOf('CCSDS_OMM_VERS = 2.0\n')).toMatch(/^KVN is not read/)
    expect(reasonOf('OBJECT_NAME,EPOCH,MEAN_MOTION\n')).toMatch(/^CSV is not read/)
  })
})
