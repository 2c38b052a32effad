/** Oracle: this program's own reader (CCSDS 502.0 field names), there and back on published sets. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Elements } from '../model/elements'
import { importElements } from './import-elements'
import { ommOf } from './omm-out'

const file = resolve(import.meta.dirname, '../vectors/omm-examples/numbers.json')
const { accepted } = importElements(readFileSync(file, 'utf8'), 'numbers.json')

describe('ommOf', () => {
  it('is read back to the same elements (angles to 1e-15 relative, epoch to 1 us)', () => {
    expect(accepted).toHaveLength(2)
    for (const elements of accepted) {
      const again = importElements(JSON.stringify(ommOf(elements)), 'again').accepted[0]
      expect(again).toMatchObject({
        name: elements.name,
        noradId: elements.noradId,
        cosparId: elements.cosparId,
      })
      const numbers = Object.entries(elements).filter(([, value]) => typeof value === 'number')
      for (const [name, value] of numbers) {
        const back = Number(again?.[name as keyof Elements])
        const tolerance = name === 'epoch_ms' ? 1e-3 : 1e-15 * Math.abs(value)
        expect(Math.abs(back - value), name).toBeLessThanOrEqual(tolerance)
      }
    }
  })
})
