import { describe, expect, it } from 'vitest'
import type { KeyRow } from '@domain/model/ledger'
import { byAge, handedOnFrom, related, relayedFrom, shortId } from './related-blocks'

const row = (id: string, kind: KeyRow['kind'], origin: string): KeyRow => ({
  id,
  kind,
  origin,
  ends: ['a', 'b'],
  length_bits: 1,
  left_bits: 1,
  epsilon: 1e-9,
  state: 'stored',
  created_utc: '2016-12-19T17:00:00Z',
})
const one = row('S-1', 'pass', 'pass a')
const eleven = row('S-11', 'pass', 'pass b')
const relay = row('P-1', 'relay', 'relay of S-11, S-2')

describe('blocks of one family', () => {
  it('are told by whole ids in the relay’s origin', () => {
    expect(relayedFrom(relay, eleven)).toBe(true)
    expect(relayedFrom(relay, one)).toBe(false)
  })
  it('end with the selected one', () => {
    const rows = [relay, one, eleven]
    expect(related(relay, rows).map(({ id }) => id)).toEqual(['S-11', 'P-1'])
    expect(related(eleven, rows).map(({ id }) => id)).toEqual(['P-1', 'S-11'])
    expect(related(one, rows)).toEqual([one])
  })
  it('hold what was handed on with the relay that joined its stations', () => {
    const handed = {
      ...row('F-1', 'relay', 'forwarded from a and b'),
      ends: ['c', 'd'] as [string, string],
    }
    expect(handedOnFrom(handed, relay)).toBe(true)
    expect(handedOnFrom(handed, { ...relay, ends: ['a', 'x'] })).toBe(false)
    expect(related(handed, [handed, relay]).map(({ id }) => id)).toEqual(['P-1', 'F-1'])
  })
  it('stand newest first; of one instant what was made before what it was made of', () => {
    const forward = row('F-1', 'relay', 'forwarded from a and b')
    const later = { ...row('S-2', 'pass', 'pass c'), created_utc: '2016-12-20T17:00:00Z' }
    const order = [
      one,
      row('R-2', 'relay', 'relay of S-1'),
      forward,
      row('R-10', 'relay', ''),
      later,
    ]
    expect(order.sort(byAge).map(({ id }) => id)).toEqual(['S-2', 'F-1', 'R-10', 'R-2', 'S-1'])
  })
  it('shorten pass ids to station and date, alone and inside a text', () => {
    expect(shortId('41731-xinglong-20161219T165213Z')).toBe('xinglong 12-19')
    expect(shortId('relay of 1-a-b-20161219T165213Z, R-1')).toBe('relay of a-b 12-19, R-1')
  })
})
