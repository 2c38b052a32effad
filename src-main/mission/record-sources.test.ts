import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CatalogueStore } from './catalogue'

const { stations, payloads } = new CatalogueStore(
  join(import.meta.dirname, '../../resources'),
).view()

describe('shipped records (README: every field names its source or says that it is assumed)', () => {
  it.each(stations.map((station) => [station.id, station] as const))('station %s', (_, station) => {
    const { sources = {}, receiver, site } = station
    const fields = [
      'position',
      ...Object.keys(receiver).map((field) => `receiver.${field}`),
      ...Object.keys(site).map((field) => `site.${field}`),
    ]
    expect(fields.filter((field) => !sources[field]?.trim())).toEqual([])
  })

  it.each(payloads.map((payload) => [payload.id, payload] as const))('payload %s', (_, payload) => {
    const { sources = {}, ...record } = payload
    const fields = Object.keys(record).filter((field) => field !== 'id' && field !== 'name')
    expect(fields.filter((field) => !sources[field]?.trim())).toEqual([])
  })
})
