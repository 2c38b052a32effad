/** Oracle: a report's own figures, each with its origin; four settings in the order of the CHSH sum. */
import { describe, expect, it } from 'vitest'
import type { PassReport } from '@domain/model/report'
import { coincidenceRows, correlationRows } from './bell-rows'

const pairs = { coincidences: 347, accidentals_modelled: 6.655, window_ns: 2.5, singles: [10, 20] }
const chsh = {
  S: 2.6,
  sigma_S: 0.2,
  E: [0.9, -0.5, 0.6, 0.6],
  coincidences: 174,
  device_independent_rate: 0.2,
}
const bell = { qber: 0.05, pairs, chsh } as unknown as PassReport
const bbm92 = { qber: 0.05, pairs } as unknown as PassReport

describe('figures of a Bell test', () => {
  it('has the four correlations, or none where no settings were kept for it', () => {
    expect(correlationRows(bell).map(({ value }) => value)).toEqual([
      '0.900',
      '\u22120.500',
      '0.600',
      '0.600',
    ])
    expect(correlationRows(bbm92)).toEqual([])
  })

  it('marks accidentals and the device-independent rate as modelled, counts as measured', () => {
    const modelled = coincidenceRows(bell, ['A', 'B'])
      .filter(({ origin }) => origin === 'modelled')
      .map(({ name }) => name)
    expect(modelled).toEqual([
      'Accidentals among them',
      'Window, ns',
      'Device-independent rate, indication',
    ])
  })

  it('names the end of each count of singles', () => {
    const names = coincidenceRows(bbm92, ['Delingha', 'Nanshan']).map(({ name }) => name)
    expect(names).toContain('Singles, Delingha')
    expect(names).toContain('Singles, Nanshan')
    expect(coincidenceRows(bbm92, []).length).toBe(names.length)
  })
})
