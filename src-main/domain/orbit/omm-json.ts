/**
 * Orbit mean-elements messages as JSON.
 * Source: CCSDS 502.0-B-3 (keywords, units) in the flat form of CelesTrak (numbers) and
 * Space-Track (numbers as strings).
 * Limit: SGP4 mean elements in TEME and UTC only; BSTAR and MEAN_MOTION are required.
 */
import type { Elements } from '../model/elements'
import { parseUtc } from '../model/time'
import { radians } from '../model/units'
import { limitReasons } from './element-limits'
import type { Reading } from './reading'

export type JsonObject = Record<string, unknown>

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** Where the message says what it holds, only these values are SGP4's. */
const FIXED: Record<string, readonly string[]> = {
  CENTER_NAME: ['EARTH'],
  REF_FRAME: ['TEME'],
  TIME_SYSTEM: ['UTC'],
  MEAN_ELEMENT_THEORY: ['SGP4', 'SGP/SGP4'],
}

/** Collects what is wrong while fields are read, so that one reading names every fault. */
class Fields {
  readonly reasons: string[] = []
  constructor(private readonly message: JsonObject) {}

  /** A number given as number or text. */
  number(key: string): number {
    const value = this.message[key]
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (typeof value === 'string' && NUMBER.test(value.trim())) return Number(value)
    this.fault(key, 'it must be a number')
    return NaN
  }

  epoch_ms(): number {
    const value = this.message.EPOCH
    const epoch_ms = typeof value === 'string' ? parseUtc(value.trim()) : NaN
    if (Number.isNaN(epoch_ms)) this.fault('EPOCH', 'it must be UTC as 2016-12-19T13:39:33.153408')
    return epoch_ms
  }

  text(key: string): string {
    const value = this.message[key]
    return typeof value === 'string' ? value.trim() : ''
  }

  checkFixed(): void {
    for (const [key, allowed] of Object.entries(FIXED)) {
      const given = this.text(key).toUpperCase()
      if (given && !allowed.includes(given))
        this.fault(key, `only ${allowed.join(' or ')} is flown`)
    }
    if (Number(this.message.EPHEMERIS_TYPE) === 4)
      this.fault('EPHEMERIS_TYPE', 'SGP4-XP sets are not flown, only SGP4')
  }

  private fault(key: string, right: string): void {
    const value = this.message[key]
    const is = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`
    this.reasons.push(`${key} ${is}, ${right}`)
  }
}

function readFields(fields: Fields): Elements {
  const noradId = fields.number('NORAD_CAT_ID')
  return {
    name: fields.text('OBJECT_NAME') || `NORAD ${noradId}`,
    noradId,
    cosparId: fields.text('OBJECT_ID'),
    epoch_ms: fields.epoch_ms(),
    meanMotion_rad_s: (fields.number('MEAN_MOTION') * 2 * Math.PI) / 86_400,
    eccentricity: fields.number('ECCENTRICITY'),
    inclination_rad: radians(fields.number('INCLINATION')),
    raan_rad: radians(fields.number('RA_OF_ASC_NODE')),
    argumentOfPerigee_rad: radians(fields.number('ARG_OF_PERICENTER')),
    meanAnomaly_rad: radians(fields.number('MEAN_ANOMALY')),
    bstar_per_earth_radius: fields.number('BSTAR'),
  }
}

/** Reads one OMM in its flat JSON form; never throws, every fault is named. */
export function readOmm(message: JsonObject): Reading {
  const fields = new Fields(message)
  fields.checkFixed()
  const elements = readFields(fields)
  if (fields.reasons.length > 0) return { reasons: fields.reasons }
  const reasons = limitReasons(elements)
  return reasons.length > 0 ? { reasons } : { elements }
}
