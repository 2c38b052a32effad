import { describe, expect, it } from 'vitest'
import { attackKinds, attackSchema } from '@domain/model/conditions'
import { drillFields, drillKinds, drillText, layerText, readDrill } from './drill'

describe('an attack drill (contract, mission file)', () => {
  it('is offered for every attack of the mission file, each with what should notice it', () => {
    expect([...drillKinds].sort()).toEqual([...attackKinds].sort())
    for (const kind of drillKinds) expect(layerText(kind)).toMatch(/: /)
  })

  it('writes an attack that the mission file takes, and reads it back', () => {
    for (const kind of drillKinds) {
      const read = readDrill({ kind, fraction: '12.5', station: 'graz' }, [])
      const [attack] = read.ok ? read.attacks : []
      expect(attackSchema.parse(attack)).toEqual(attack)
      expect(drillFields(attack ? [attack] : [])).toMatchObject({ kind, station: 'graz' })
    }
    expect(readDrill({ kind: 'none', fraction: '', station: '' }, [])).toEqual({
      ok: true,
      attacks: [],
    })
  })

  it('refuses a share that is none, where a share is asked for', () => {
    const read = (fraction: string, kind: 'intercept-resend' | 'relay-lie') =>
      readDrill({ kind, fraction, station: '' }, []).ok
    expect(['', 'x', '101', '-1'].map((text) => read(text, 'intercept-resend'))).toEqual(
      Array(4).fill(false),
    )
    expect(read('x', 'relay-lie')).toBe(true)
  })

  it('keeps the times that the file gives to the same attack', () => {
    const from_utc = '2016-12-19T16:51:00Z'
    const before = [{ kind: 'tampered-message' as const, fraction: 1, from_utc }]
    const read = readDrill({ kind: 'tampered-message', fraction: '', station: '' }, before)
    expect(read).toMatchObject({ ok: true, attacks: [{ from_utc }] })
    const other = readDrill({ kind: 'fake-station', fraction: '', station: '' }, before)
    expect(other.ok && other.attacks[0]).not.toHaveProperty('from_utc')
  })

  it('is told in one line', () => {
    expect(drillText([])).toBe('Drill: none')
    expect(drillText([{ kind: 'intercept-resend', fraction: 0.5 }])).toBe(
      'Drill: Intercept and resend 50 %',
    )
  })
})
