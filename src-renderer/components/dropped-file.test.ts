import { describe, expect, it } from 'vitest'
import { classifyDropped } from './dropped-file'

const kind = (name: string, text: string): string => classifyDropped(name, text).kind
const textOf = (name: string, text: string): string => {
  const dropped = classifyDropped(name, text)
  return dropped.kind === 'refused' ? `${dropped.problem.text} ${dropped.problem.wayOut}` : ''
}
const tle = '1 41731U 16051A   16354.56913194  .00000364  00000-0  20000-4 0  9990\n'

describe('a dropped file is told by its content', () => {
  it('knows missions, stations and elements in JSON', () => {
    expect(kind('a.json', '{"mission":"x"}')).toBe('mission')
    expect(kind('a.json', '{"stations":[]}')).toBe('stations')
    expect(kind('a.json', '[{"id":"x","lat_deg":1}]')).toBe('stations')
    expect(kind('a.json', '[{"OBJECT_NAME":"X","MEAN_MOTION":15}]')).toBe('elements')
    expect(kind('a.json', '{"NORAD_CAT_ID":"1"}')).toBe('elements')
    expect(kind('a.json', '{"elements":[{"line1":"1 "}]}')).toBe('elements')
  })
  it('knows two- and three-line elements whatever their name, and recordings by name or magic', () => {
    expect(kind('noname', tle)).toBe('elements')
    expect(kind('x.3le', 'MICIUS')).toBe('elements')
    expect(kind('pass.mcap', '')).toBe('recording')
    expect(kind('pass', '\u0089MCAP0\r\n')).toBe('recording')
  })
  it('refuses the rest with the place and the way out', () => {
    expect(textOf('a.json', '{"mission":')).toMatch(/a\.json is not valid JSON: .+Correct the file/)
    expect(textOf('a.json', '')).toMatch(/a\.json is empty/)
    expect(textOf('a.json', '{"x":1}')).toMatch(/neither a mission, elements/)
    expect(textOf('a.doc', 'hello')).toMatch(/Drop a mission with a "mission" field/)
  })
})
