import { describe, expect, it } from 'vitest'
import { LockWatch, type Verdict } from './lock-watch'
import { LOG_FIVE_SIGMA, logPoissonTail } from './poisson-tail'

/** Exact ln Pr[Poisson(mean) >= count], or <= below the mean, summed term by term. */
function exactLogTail(count: number, mean: number): number {
  let [term, sum] = [Math.exp(-mean), 0]
  for (let n = 0; n < 400; n += 1) {
    if (count > mean ? n >= count : n <= count) sum += term
    term *= mean / (n + 1)
  }
  return Math.log(sum)
}

describe('Poisson tail by Chernoff, against the exact sum', () => {
  it.each([
    [12, 1.5],
    [40, 20],
    [3, 20],
    [0, 9],
    [120, 100],
    [70, 100],
  ])('%s events where %s are expected: an upper bound, within a factor 30', (count, mean) => {
    const exact = exactLogTail(count, mean)
    const bound = logPoissonTail(count, mean)
    expect(bound).toBeGreaterThan(exact - 1e-9)
    expect(bound).toBeLessThan(exact + Math.log(30))
  })

  it('knows the certain cases', () => {
    expect(logPoissonTail(7, 7)).toBe(0)
    expect(logPoissonTail(1, 0)).toBe(-Infinity)
    expect(logPoissonTail(0, 0)).toBeCloseTo(0, 12)
    expect(Math.exp(LOG_FIVE_SIGMA)).toBeCloseTo(2.8665e-7, 10)
  })
})

/** Verdicts of seconds with so many accidentals expected and coincidences found. */
function verdicts(watch: LockWatch, expected: number, found: number[]): Verdict[] {
  return found.map((count) => {
    watch.expect(expected)
    return watch.judge(count)
  })
}

describe('watch of a lock, 5 sigma', () => {
  it('confirms an excess, and loses the lock when only accidentals are left', () => {
    const watch = new LockWatch()
    expect(verdicts(watch, 4, [30, 28])).toEqual(['confirmed', 'confirmed'])
    const dark = verdicts(watch, 4, Array<number>(10).fill(4))
    expect(dark[0]).toBe('open')
    expect(dark).toContain('lost')
  })

  it('does not lose a lock to a link that fades with its singles', () => {
    const watch = new LockWatch()
    verdicts(watch, 1, [60])
    expect(verdicts(watch, 0.01, [1, 0, 0, 1, 0, 1])).not.toContain('lost')
  })

  it('nothing seen and nothing expected says nothing', () => {
    const watch = new LockWatch()
    verdicts(watch, 1, [60])
    expect(verdicts(watch, 0, [0, 0, 0])).toEqual(['open', 'open', 'open'])
  })

  it('a lock that does not exceed the accidentals at its first look is none', () => {
    expect(verdicts(new LockWatch(), 100, [110])).toEqual(['lost'])
  })
})
