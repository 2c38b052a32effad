import { describe, expect, it } from 'vitest'
import { editDistance, nearestName } from './nearest-name'

describe('nearest known name (Levenshtein distance)', () => {
  it('counts single edits', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('', 'abc')).toBe(3)
  })

  it('finds what was meant, and nothing when nothing is near', () => {
    expect(nearestName('statoins', ['stations', 'contacts'])).toBe('stations')
    expect(nearestName('max_range_m', ['max_range_km', 'protocol'])).toBe('max_range_km')
    expect(nearestName('colour', ['uses', 'clock'])).toBeNull()
  })
})
