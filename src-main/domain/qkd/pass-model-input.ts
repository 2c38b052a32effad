/**
 * Inputs of the pass model, named as in SatQuMA's input file, read from plain data: numbers may be strings.
 * Each refusal names the field, its value and what would be right.
 */

export const passBounds = ['Chernoff', 'Hoeffding'] as const
export const passLeakModels = ['logM', 'block', 'mXtot', 'none'] as const

/** Inputs of one pass, or of `NoPass` equal ones. Angles in degrees, losses in dB, times in seconds. */
export interface PassInputs {
  /** Mean photon number of the weakest intensity. */
  mu3: number
  eps_c: number
  eps_s: number
  /** Afterpulse probability. */
  Pap: number
  /** Pulse rate, Hz. */
  fs: number
  NoPass: number
  /** Limits the half-width by the time at which this elevation is reached. */
  minElev: number
  /** Moves the middle of the window away from the highest point, by elevation. */
  shift0: number
  /** Probability of an extraneous count per pulse. */
  Pec: number
  /** Intrinsic error rate of the light. */
  QBERI: number
  /** Half the transmission window; pass-model-window.ts limits it. */
  dt0: number
  /** Loss on top of the profile's. */
  ls0: number
  bound: (typeof passBounds)[number]
  /** How the reconciliation leak is modelled. */
  ec: (typeof passLeakModels)[number]
  fEC: number
}

/** One row a second: time from the highest point, elevation, transmittance. */
export interface LossProfile {
  t_s: number[]
  elevation_rad: number[]
  eta: number[]
}

/** [Px, pk1, pk2, mu1, mu2]; the third intensity has probability 1 - pk1 - pk2. */
export type SourceParameters = [number, number, number, number, number]

interface Rule {
  allowed: (value: number) => boolean
  right: string
  fallback?: number
}

const share: Rule = { allowed: (v) => v >= 0 && v < 1, right: 'from 0 to below 1' }
const epsilon: Rule = { allowed: (v) => v > 0 && v < 1, right: 'above 0 and below 1' }
const finite: Rule = { allowed: () => true, right: 'finite' }

const RULES = {
  mu3: { allowed: (v) => v >= 0 && v <= 1, right: 'from 0 to 1', fallback: 0 },
  eps_c: epsilon,
  eps_s: epsilon,
  Pap: { ...share, fallback: 0 },
  fs: { allowed: (v) => v > 0 && v <= 1e15, right: 'above 0 and at most 1e15 Hz' },
  NoPass: { allowed: (v) => v > 0 && v <= 1e9, right: 'above 0 and at most 1e9', fallback: 1 },
  minElev: { allowed: (v) => v >= 0 && v <= 90, right: 'from 0 to 90 degrees', fallback: 0 },
  shift0: { allowed: (v) => Math.abs(v) <= 90, right: 'from -90 to 90 degrees', fallback: 0 },
  Pec: { allowed: (v) => v >= 0 && v <= 0.5, right: 'from 0 to 0.5' },
  QBERI: { allowed: (v) => v >= 0 && v <= 0.5, right: 'from 0 to 0.5' },
  dt0: { allowed: (v) => v >= 0, right: 'zero or more seconds' },
  ls0: { ...finite, fallback: 0 },
  fEC: { allowed: (v) => v >= 0 && v <= 10, right: 'from 0 to 10', fallback: 1.16 },
} satisfies Record<string, Rule>

/** Stops at an impossible input. @throws Error naming the field, the value and what would be right. */
export function refusePass(field: string, value: unknown, right: string): never {
  const shown = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`
  throw new Error(`Pass model: ${field} ${shown}; it must be ${right}`)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A finite number from a number or its decimal text; NaN otherwise. */
function finiteNumber(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : NaN
}

function field(raw: Record<string, unknown>, name: string, rule: Rule): number {
  if (raw[name] === undefined && rule.fallback !== undefined) return rule.fallback
  const value = finiteNumber(raw[name])
  if (Number.isNaN(value) || !rule.allowed(value)) refusePass(name, raw[name], rule.right)
  return value
}

function choice<T extends string>(value: unknown, name: string, names: readonly T[], fallback: T) {
  if (value === undefined) return fallback
  const found = names.find((one) => one.toLowerCase() === String(value).toLowerCase())
  return found ?? refusePass(name, value, `one of ${names.join(', ')}`)
}

/**
 * The pass model's inputs from plain data. Absent `bound` is Chernoff, absent `ec` is logM, as in SatQuMA.
 * @throws Error naming the first field that is missing or impossible.
 */
export function readPassInputs(raw: unknown): PassInputs {
  if (!isRecord(raw)) return refusePass('inputs', raw, 'an object with fs, Pec, QBERI, dt0, …')
  const names = Object.keys(RULES) as (keyof typeof RULES)[]
  const entries = names.map((name) => [name, field(raw, name, RULES[name])])
  const numbers = Object.fromEntries(entries) as Record<keyof typeof RULES, number>
  const bound = choice(raw['bound'], 'bound', passBounds, 'Chernoff')
  return { ...numbers, bound, ec: choice(raw['ec'], 'ec', passLeakModels, 'logM') }
}

/**
 * A loss profile from `{columns, rows}` (columns t_s, elevation_rad, eta in any order) or bare rows in that order.
 * @throws Error naming the row that has no time, elevation or transmittance from 0 to 1.
 */
export function readLossProfile(raw: unknown): LossProfile {
  const rows = isRecord(raw) ? raw['rows'] : raw
  if (!Array.isArray(rows) || rows.length === 0) {
    return refusePass('loss_profile', rows, 'rows of [t_s, elevation_rad, eta], at least one')
  }
  const columns = (isRecord(raw) && raw['columns']) || ['t_s', 'elevation_rad', 'eta']
  const places = ['t_s', 'elevation_rad', 'eta'].map((name) => placeOf(columns, name))
  const points = rows.map((row: unknown, i) => pointOf(row, places, i))
  return {
    t_s: points.map(([t]) => t),
    elevation_rad: points.map(([, elevation]) => elevation),
    eta: points.map(([, , eta]) => eta),
  }
}

function placeOf(columns: unknown, name: string): number {
  const place = Array.isArray(columns) ? columns.indexOf(name) : -1
  return place >= 0 ? place : refusePass('loss_profile columns', columns, `with "${name}"`)
}

function pointOf(row: unknown, places: number[], i: number): number[] {
  const values = places.map((place) => finiteNumber(Array.isArray(row) ? row[place] : undefined))
  const eta = values[2]
  if (values.some(Number.isNaN) || eta < 0 || eta > 1) {
    refusePass(`loss_profile row ${i}`, row, 'time, elevation and transmittance from 0 to 1')
  }
  return values
}

/**
 * The source parameters [Px, pk1, pk2, mu1, mu2], checked against the third intensity.
 * @throws Error when they are not five numbers, not probabilities, or the intensities are out of order.
 */
export function readSourceParameters(raw: unknown, mu3: number): SourceParameters {
  const values = Array.isArray(raw) ? raw.map(finiteNumber) : []
  if (values.length !== 5 || values.some(Number.isNaN)) {
    refusePass('x', raw, 'five numbers [Px, pk1, pk2, mu1, mu2]')
  }
  const [Px, pk1, pk2, mu1, mu2] = values
  if (!(Px > 0 && Px < 1)) refusePass('x: Px', Px, 'above 0 and below 1')
  if (!(pk1 > 0 && pk2 > 0 && pk1 + pk2 < 1)) {
    refusePass('x: pk1, pk2', [pk1, pk2], 'positive with a sum below 1')
  }
  if (!(mu2 > mu3 && mu1 > mu2 + mu3 && mu1 <= 100)) {
    refusePass('x: mu1, mu2', [mu1, mu2], `in the order mu1 > mu2 + mu3, mu2 > mu3 = ${mu3}`)
  }
  return [Px, pk1, pk2, mu1, mu2]
}
