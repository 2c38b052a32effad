import { describe, expect, it } from 'vitest'
import type { ShippedMission } from '@domain/model/ipc'
import { attackKinds } from '@domain/model/conditions'
import { missionMessages } from '../messages'
import { groupOf, missionGroups } from './mission-groups'

const shipped = (id: string, change: Partial<ShippedMission> = {}): ShippedMission => ({
  id,
  mission: id,
  protocol: 'decoy-bb84',
  attacks: [],
  links: false,
  faults: false,
  ...change,
})

describe('shipped missions', () => {
  it('stand in the group of what they show first', () => {
    expect(groupOf(shipped('xinglong-graz-2016'))).toBe('example')
    expect(groupOf(shipped('a', { attacks: ['relay-lie'], links: true }))).toBe('drills')
    expect(groupOf(shipped('b', { faults: true, links: true }))).toBe('faults')
    expect(groupOf(shipped('c', { links: true }))).toBe('fibre')
    expect(groupOf(shipped('d', { protocol: 'e91' }))).toBe('protocols')
  })

  it('are offered in the order of the groups, by name, none left out', () => {
    const groups = missionGroups([
      shipped('z', { links: true }),
      shipped('y'),
      shipped('x'),
      shipped('xinglong-graz-2016'),
    ])
    expect(groups.map(({ name }) => name)).toEqual(['example', 'protocols', 'fibre'])
    expect(groups[1]?.missions.map(({ id }) => id)).toEqual(['x', 'y'])
  })

  it('always have a line that says what they show', () => {
    const drills = attackKinds.map((kind) => shipped(`drill-${kind}`, { attacks: [kind] }))
    const own = Object.keys(missionMessages.shipped.shows).map((id) => shipped(id))
    for (const { missions } of missionGroups([...drills, ...own, shipped('new')]))
      for (const { shows } of missions) expect(shows).toMatch(/\w+ .*\.$/)
  })
})
