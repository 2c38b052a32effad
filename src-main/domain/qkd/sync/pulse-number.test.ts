import { describe, expect, it } from 'vitest'
import { classesFrom, passTags, source } from './pass-tags.testing'
import {
  acquirePulseNumber,
  detectionsNeeded,
  packClasses,
  patternLength,
  unpackClasses,
} from './pulse-number'

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
    expect(patternLength(20_000, 1e8, 200)).toBe(1e6)
    expect(patternLength(0, 1e8, 200)).toBe(2 ** 25)
    expect(patternLength(Infinity, 1e8, 200)).toBe(4)
  })
})

describe('detections that a block must hold (Kullback-Leibler divergence, by hand to 1 %)', () => {
  const search = { noise: 0.01, span: 25e6, stride: 1 }
  const score = 14 + Math.log(50e6 + 1)

  it('are some two hundred for the flown source', () => {
    // 0.9412 ln(0.9412/0.5) + 0.0588 ln(0.0588/0.25) less 1 % noise: 0.49 nats a detection.
    const flown = { intensities: [0.8, 0.1, 0], probabilities: [0.5, 0.25, 0.25] }
    const needed = detectionsNeeded({ ...search, ...flown })
    expect(needed).toBeGreaterThan((3 * score) / 0.51)
    expect(needed).toBeLessThan((3 * score) / 0.45)
  })

  it('are more than a thousand where one decoy lies near the signal', () => {
    // 0.875 ln(0.875/0.7) + 0.125 ln(0.125/0.3) = 0.0858 nats a detection.
    const near = { intensities: [0.6, 0.2], probabilities: [0.7, 0.3] }
    const needed = detectionsNeeded({ ...search, ...near })
    expect(needed).toBeGreaterThan((3 * score) / 0.0858)
    expect(needed).toBeLessThan((3 * score) / 0.08)
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
