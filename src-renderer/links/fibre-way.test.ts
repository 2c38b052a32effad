import { describe, expect, it } from 'vitest'
import {
  citiesOf,
  fibreHops,
  fibreWay,
  holderName,
  holdersAlong,
  hopEndName,
  linkOfHop,
  wayStock,
} from './fibre-way'

const link = (a: string, b: string, length_km: number, nodes: number) => ({
  a,
  b,
  length_km,
  nodes,
  attenuation_dB_km: 0.2,
})
const links = [link('xinglong', 'beijing', 280, 2), link('graz', 'vienna', 200, 1)]
const stations = ['xinglong', 'graz']

describe('fibre links of a mission', () => {
  it('have hops of equal length and loss between their holders', () => {
    const hops = fibreHops(links)
    expect(hops).toHaveLength(5)
    expect(hops[0]?.ends).toEqual(['xinglong', 'xinglong–beijing node 1'])
    expect(hops[0]?.length_km).toBeCloseTo(280 / 3, 12)
    expect(hops[4]?.loss_dB).toBeCloseTo(20, 12)
  })

  it('lead from a city to the nearest station, nodes in their order', () => {
    const way = fibreWay(links, 'beijing', stations)
    expect(way).toMatchObject({ station: 'xinglong', length_km: 280, nodes: 2 })
    expect(way?.holders).toEqual(holdersAlong(link('xinglong', 'beijing', 280, 2)))
    const beyond = fibreWay([...links, link('beijing', 'tianjin', 120, 0)], 'tianjin', stations)
    expect(beyond?.holders.at(-1)).toBe('tianjin')
    expect(beyond).toMatchObject({ station: 'xinglong', length_km: 400, nodes: 2 })
    expect(fibreWay([link('beijing', 'xinglong', 280, 1)], 'beijing', stations)?.holders).toEqual([
      'xinglong',
      'beijing–xinglong node 1',
      'beijing',
    ])
  })

  it('lead nowhere from a place without fibre, and nowhere from a station that is its own way', () => {
    expect(fibreWay(links, 'paris', stations)).toBeNull()
    expect(fibreWay([link('a', 'b', 1, 0), link('b', 'a', 1, 0)], 'a', stations)).toBeNull()
    expect(fibreWay(links, 'graz', stations)).toMatchObject({ holders: ['graz'], nodes: 0 })
    expect(citiesOf(links, stations)).toEqual(['beijing', 'vienna'])
  })

  it('hand on what their poorest hop has', () => {
    const way = fibreWay(links, 'vienna', stations)
    const stock = fibreHops(links).map(({ ends }, i) => ({
      ends: [...ends].reverse() as [string, string],
      left_bits: 100 * (i + 1),
      auth_left_bits: 0,
    }))
    expect(way && wayStock(stock, way)).toBe(400)
    expect(way && wayStock(stock.slice(0, 4), way)).toBe(0)
  })

  it('name their holders for people', () => {
    const nameOf = (id: string): string => ({ xinglong: 'Xinglong', beijing: 'Beijing' })[id] ?? id
    expect(holderName('xinglong–beijing node 2', nameOf)).toBe('Xinglong–Beijing node 2')
    expect(holderName('vienna', nameOf)).toBe('Vienna')
    expect(hopEndName('xinglong–beijing node 2', nameOf)).toBe('node 2')
    expect(linkOfHop(['beijing', 'xinglong–beijing node 2'])).toEqual(['xinglong', 'beijing'])
    expect(linkOfHop(['xinglong', 'beijing'])).toBeUndefined()
  })
})
