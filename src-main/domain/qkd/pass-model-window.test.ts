import { describe, expect, it } from 'vitest'
import vectors from '../vectors/pass-key-length.json'
import shifted from '../vectors/pass-shift.json'
import { passKeyLength } from './pass-model'
import { readLossProfile, readPassInputs, readSourceParameters } from './pass-model-input'
import { passWindow } from './pass-model-window'

interface Change {
  from_t_s?: number
  to_t_s?: number
  every?: number
  later_s?: number
}

const base = vectors.cases[0].inputs
const x = readSourceParameters(base.x, base.mu3)
const inputsOf = (changes: object) => readPassInputs({ ...base, ...changes })

/** Shipped rows with from <= t <= to, of these every n-th, moved in time. */
function changedRows({ from_t_s = -1e9, to_t_s = 1e9, every = 1, later_s = 0 }: Change = {}) {
  const kept = vectors.shipped_loss_profile.rows.filter(([t]) => t >= from_t_s && t <= to_t_s)
  const thinned = kept.filter((_, i) => i % every === 0)
  return thinned.map(([t, elevation, eta]) => [t + later_s, elevation, eta])
}

const profileOf = (change?: Change) => readLossProfile(changedRows(change))

describe("windows against SatQuMA's own program (pass-shift.json), relative 1e-9", () => {
  it.each(shifted.cases)('$inputs, profile $profile', ({ inputs, profile, output }) => {
    const found: Record<string, number> = passKeyLength(inputsOf(inputs), profileOf(profile), x)
    for (const [name, expected] of Object.entries(output)) {
      expect(Math.abs(found[name] - expected), name).toBeLessThanOrEqual(1e-9 * expected)
    }
  })

  it('holds every kind of limit: asked for, by the ends, by elevation, with a shift and without', () => {
    const kinds = shifted.cases.map(({ inputs, output }) => {
      const asked = { ...base, ...inputs }
      return `${asked.shift0 > 0} ${output['dt (s)'] < asked.dt0}`
    })
    expect(new Set(kinds).size).toBe(4)
  })
})

describe('windows where SatQuMA stops', () => {
  it('a negative shift is the mirror image', () => {
    const [later, earlier] = [20, -20].map((shift0) =>
      passWindow(inputsOf({ shift0, dt0: 80 }), profileOf()),
    )
    expect(earlier.half_s).toBe(later.half_s)
    expect(earlier.eta).toEqual([...later.eta].reverse())
    expect(earlier.eta[0]).toBeGreaterThan(later.eta[0])
  })

  it('rows in rising time are put in order', () => {
    const rising = readLossProfile(changedRows().reverse())
    const inputs = inputsOf({ shift0: 40 })
    expect(passWindow(inputs, rising)).toEqual(passWindow(inputs, profileOf()))
  })

  it('rows on both sides of zero, none at it: all of them, or as many seconds as asked for', () => {
    const rows = [1.5, 0.5, -0.5, -1.5].map((t, i) => [t, 1 + i / 10, 0.1 + i / 10])
    const window = (dt0: number) => passWindow(inputsOf({ dt0 }), readLossProfile(rows))
    expect(window(9)).toMatchObject({ half_s: 1.5, eta: [0.1, 0.2, 0.3, 0.4].map(closeTo) })
    expect(window(1)).toMatchObject({ half_s: 1, eta: [0.2, 0.3].map(closeTo) })
    expect(window(1).zero.elevation_rad).toBe(1.3)
  })

  it('all rows to one side of zero: about the highest', () => {
    const later = passWindow(inputsOf({ dt0: 50 }), profileOf({ later_s: 1000 }))
    const top = vectors.shipped_loss_profile.rows.reduce((a, b) => (b[1] > a[1] ? b : a))
    expect(later.half_s).toBe(50)
    expect(later.eta).toHaveLength(101)
    expect(later.eta[50]).toBe(top[2])
  })

  it('a window past the end of the rows is cut there', () => {
    const cut = profileOf({ to_t_s: 100 })
    const window = passWindow(inputsOf({ shift0: 45, dt0: 90 }), cut)
    expect(window.half_s).toBe(90)
    const place = cut.elevation_rad.findIndex((one) => one >= 1.57 - Math.PI / 4)
    expect(window.eta).toHaveLength(place + 91)
  })

  it('an elevation never reached leaves no window', () => {
    expect(passWindow(inputsOf({ minElev: 90 }), profileOf())).toMatchObject({ half_s: 0, eta: [] })
  })
})

function closeTo(value: number): unknown {
  return expect.closeTo(value, 12)
}
