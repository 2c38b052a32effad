/** Oracle: the places of a contact by its own record: one station, two, or one and the satellite. */
import { describe, expect, it } from 'vitest'
import type { ContactState } from '@domain/model/ipc'
import { frameOfContact } from './contact-frame'

const contact: ContactState = {
  contactId: '41731-lijiang-20170522T174250Z',
  satellite: 41731,
  satelliteName: 'Micius',
  station: 'lijiang',
  stationName: 'Lijiang (Gaomeigu)',
  aos_utc: '2017-05-22T17:39:14Z',
  tca_utc: '2017-05-22T17:42:50Z',
  los_utc: '2017-05-22T17:46:26Z',
  exchange_from_utc: '2017-05-22T17:39:14Z',
  exchange_to_utc: '2017-05-22T17:43:52Z',
  phase: 'exchange',
  phaseStarted_ms: {},
  outcome: 'running',
  speed: 1,
  seed: 1,
}
const known = (id: string): string | undefined => (id === 'delingha' ? 'Delingha' : undefined)

describe('the places of a contact', () => {
  it('is one station without pairs', () => {
    expect(frameOfContact(contact)).toMatchObject({
      stationName: 'Lijiang',
      stations: ['lijiang'],
    })
    expect(frameOfContact(contact).ends).toBeUndefined()
  })

  it('names both stations of an entangled contact', () => {
    const frame = frameOfContact({ ...contact, ends: ['delingha', 'lijiang'] }, known)
    expect(frame).toMatchObject({
      stationName: 'Delingha + Lijiang',
      stations: ['delingha', 'lijiang'],
      ends: ['Delingha', 'Lijiang'],
    })
  })

  it('has one place where the satellite measures the other photon', () => {
    const frame = frameOfContact({ ...contact, ends: ['Micius', 'lijiang'] }, known)
    expect(frame).toMatchObject({
      stationName: 'Lijiang',
      stations: ['lijiang'],
      ends: ['Micius', 'Lijiang'],
    })
  })
})
