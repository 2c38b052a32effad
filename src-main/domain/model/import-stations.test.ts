/** Oracle: the shipped stations, and the contract's rule of the five required fields. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseStations, type StationDefaults } from './import-stations'
import { pairSourceSchema, payloadSchema } from './payload'
import { stationSchema, type Station } from './station'

/** Read as a file: no room imports a resource. */
const shippedFile = (path: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../resources', path), 'utf8'))
const shipped = shippedFile('stations/stations.json') as Station[]
const defaults = shippedFile('stations/default-station.json') as StationDefaults
const payloads = shippedFile('payloads/payloads.json') as unknown[]

const place = { id: 'a', name: 'A', lat_deg: 40.39, lon_deg: 117.5, alt_m: 890 }
const read = (value: unknown) => parseStations(JSON.stringify(value), 'my.json', defaults)

describe('shipped records', () => {
  it('hold 19 stations and the two payloads in their schemas, each number with its source', () => {
    expect(shipped).toHaveLength(19)
    for (const station of shipped) expect(stationSchema.safeParse(station).success).toBe(true)
    for (const { receiver, site, sources } of shipped)
      for (const path of [
        ...Object.keys(receiver).map((key) => `receiver.${key}`),
        ...Object.keys(site).map((key) => `site.${key}`),
      ])
        expect(Object.keys(sources ?? {})).toContain(path)
    const [weak, pairs] = payloads
    expect(payloads).toHaveLength(2)
    expect(payloadSchema.safeParse(weak).success).toBe(true)
    expect(pairSourceSchema.safeParse(pairs).success).toBe(true)
  })

  it('give Xinglong 1.0 m, Graz 0.5 m, and label the assumed aperture of Weihai', () => {
    const aperture = (id: string) => shipped.find((one) => one.id === id)?.receiver.aperture_m
    expect([aperture('xinglong'), aperture('graz'), aperture('weihai')]).toEqual([1, 0.5, 0.28])
    const weihai = shipped.find(({ id }) => id === 'weihai')
    expect(weihai?.sources?.['receiver.aperture_m']).toMatch(/^assumption/)
  })
})

describe('station files', () => {
  it('need only five fields, as array or under "stations"', () => {
    for (const document of [[place], { stations: [place] }]) {
      const found = read(document)
      expect(found.rejected).toEqual([])
      expect(found.accepted[0]).toMatchObject({ ...place, receiver: defaults.receiver })
      expect(found.accepted[0]?.sources?.['receiver.gate_ns']).toMatch(/^default: /)
    }
  })

  it('keep what a record gives of receiver and site, and a flat aperture', () => {
    const found = read([
      { ...place, receiver: { aperture_m: 0.25 }, site: { zenith_loss_dB: 2 } },
      { ...place, id: 'b', aperture_m: 1.2 },
      { ...place, id: 'c', aperture_m: null },
    ]).accepted
    expect(found.map(({ receiver }) => receiver.aperture_m)).toEqual([0.25, 1.2, 0.28])
    expect(found[0]?.site.zenith_loss_dB).toBe(2)
    expect(found[0]?.sources?.['receiver.aperture_m']).toBeUndefined()
  })

  it('ignore unknown fields with one warning each', () => {
    const found = read([
      { ...place, colour: 'red' },
      { ...place, id: 'b', colour: 'blue' },
    ])
    expect(found.accepted).toHaveLength(2)
    expect(found.warnings).toEqual(['my.json: field "colour" is not known, ignored (2x)'])
  })

  it.each([
    [{ lat_deg: 4039 }, /lat_deg is 4039, it must be a number from -90 to 90 degrees/],
    [{ lon_deg: 11_757 }, /lon_deg is 11757, it must be a number from -180 to 360/],
    [{ alt_m: 890_000 }, /alt_m is 890000, it must be a number from -500 to 9000 metres/],
    [{ lat_deg: '40' }, /lat_deg is "40", it must be a number/],
    [{ name: undefined }, /name is missing/],
    [{ receiver: { gate_ns: -1 } }, /receiver\.gate_ns is -1/],
  ])('refuse %j and keep the rest', (change, reason) => {
    const found = read([
      { ...place, ...change },
      { ...place, id: 'good' },
    ])
    expect(found.accepted.map(({ id }) => id)).toEqual(['good'])
    expect(found.rejected[0]?.record).toMatch(/^station 1 \(a\)/)
    expect(found.rejected[0]?.reason).toMatch(reason)
  })

  it('refuse a second station of the same id', () => {
    expect(read([place, place]).rejected[0]?.reason).toMatch(/already taken/)
  })

  it('refuse broken, empty and foreign documents as one record', () => {
    const reason = (text: string) => parseStations(text, 'f', defaults).rejected[0]?.reason
    expect(reason('')).toBe('the file is empty')
    expect(reason('[{,]')).toMatch(/^broken JSON at line 1, column 3/)
    expect(reason('{"places":[]}')).toMatch(/must be a JSON array/)
    expect(reason('[]')).toBe('it holds no station')
  })
})
