import { describe, expect, it } from 'vitest'
import { classesFrom, passTags, source } from './pass-tags.testing'
import { acquirePulseNumber, packClasses, patternLength, unpackClasses } from './pulse-number'

describe('announced classes', () => {
  it.each([0, 1, 4, 1003])('pack four a byte and come back: %s classes', (count) => {
    const classes = classesFrom(77, count)
    const packed = packClasses(classes)
    expect(packed).toHaveLength(Math.ceil(count / 4))
    expect(unpackClasses(packed, count)).toEqual(classes)
  })

  it('stands the first class in the highest bits and refuses another length', () => {
    expect([...packClasses(Uint8Array.of(2, 1, 0, 1, 1))]).toEqual([0b10010001, 0b01000000])
    expect(() => unpackClasses(new Uint8Array(2), 9)).toThrow(/2 bytes do not hold 9/)
  })

  it('are asked for 200 detections, in bounds for any rate', () => {
    expect(patternLength(20_000, 1e8)).toBe(1e6)
    expect(patternLength(0, 1e8)).toBe(2 ** 25)
    expect(patternLength(Infinity, 1e8)).toBe(4)
  })
})

describe('pulse number', () => {
  const numbers = passTags({ from_s: 50, to_s: 50.2, lost_sync: 1 }).map(({ pulse }) => pulse)
  const pattern = { first: 50.09e8, classes: classesFrom(50.09e8, 1_500_000) }
  const options = { ...source, noise: 0.01, span: 100_000, stride: 1 }

  it.each([0, 1, -77_003])('finds a shift of %s pulses exactly', (shift) => {
    const own = Float64Array.from(numbers, (pulse) => pulse - shift)
    expect(acquirePulseNumber(own, pattern, options)?.shift).toBe(shift)
  })

  it('finds none beyond the span, off the stride, without detections or with damaged classes', () => {
    const own = Float64Array.from(numbers, (pulse) => pulse - 5000)
    expect(acquirePulseNumber(own, pattern, { ...options, span: 4999 })).toBeNull()
    expect(acquirePulseNumber(own, pattern, { ...options, stride: 3 })).toBeNull()
    expect(acquirePulseNumber(new Float64Array(0), pattern, options)).toBeNull()
    const damaged = { ...pattern, classes: new Uint8Array(1_500_000).fill(3) }
    expect(acquirePulseNumber(own, damaged, options)).toBeNull()
    expect(() => acquirePulseNumber(own, pattern, { ...options, stride: 0.5 })).toThrow(
      /stride 0.5/,
    )
  })
})
