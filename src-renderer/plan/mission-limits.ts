/** The limits of a mission as its planner types them: horizon and what a pass must satisfy. */
import type { Mission } from '@domain/model/mission'
import { parseUtc } from '@domain/model/time'
import { messages } from '../messages'

export interface LimitFields {
  name: string
  start: string
  end: string
  minElevation_deg: string
  maxRange_km: string
  sunBelow_deg: string
}

export type LimitChange = Pick<Mission, 'mission' | 'clock' | 'exchange' | 'contacts'>
/** What the fields ask for, or why they cannot be read. */
export type LimitsRead =
  { ok: true; change: LimitChange; released: number } | { ok: false; reason: string }

/** The fields as the open mission has them. */
export const fieldsOf = ({ mission, clock, exchange }: Mission): LimitFields => ({
  name: mission,
  start: clock.start,
  end: clock.end,
  minElevation_deg: String(exchange.min_elevation_deg),
  maxRange_km: String(exchange.max_range_km),
  sunBelow_deg: String(exchange.sun_below_deg),
})

/** A number as people type it: a decimal point, either minus sign; NaN for anything else. */
const numberOf = (text: string): number => {
  const plain = text.trim().replace('\u2212', '-')
  return plain === '' ? NaN : Number(plain)
}

/** Dates without a time begin at midnight; a blank stands for the T as on the screen. */
function instantOf(text: string): string | null {
  const plain = text.trim().toUpperCase().replace(/\s+/, 'T')
  const full = /^\d{4}-\d{2}-\d{2}$/.test(plain) ? `${plain}T00:00:00Z` : plain
  if (Number.isNaN(parseUtc(full))) return null
  return full.endsWith('Z') ? full : `${full}Z`
}

const refuse = (reason: string): LimitsRead => ({ ok: false, reason })

/**
 * Reads the fields into a change of the mission; chosen contacts outside the new horizon are released.
 * @param fields times UTC, angles in degrees, range in km. Never throws.
 */
export function readLimits(fields: LimitFields, mission: Mission): LimitsRead {
  const { limits } = messages.plan
  const [start, end] = [instantOf(fields.start), instantOf(fields.end)]
  if (fields.name.trim() === '') return refuse(limits.noName)
  if (!start) return refuse(limits.badTime(limits.start, fields.start))
  if (!end) return refuse(limits.badTime(limits.end, fields.end))
  if (parseUtc(end) <= parseUtc(start)) return refuse(limits.endFirst)
  const exchange = readExchange(fields, mission)
  if (typeof exchange === 'string') return refuse(exchange)
  const contacts = mission.contacts.filter(({ near_utc }) => isWithin(near_utc, start, end))
  const clock = { ...mission.clock, start, end }
  const change = { mission: fields.name.trim(), clock, exchange, contacts }
  return { ok: true, change, released: mission.contacts.length - contacts.length }
}

const isWithin = (utc: string, start: string, end: string): boolean =>
  parseUtc(utc) >= parseUtc(start) && parseUtc(utc) <= parseUtc(end)

/** The schema's own bounds, in the words of the fields. */
function readExchange(fields: LimitFields, mission: Mission): Mission['exchange'] | string {
  const { limits } = messages.plan
  const elevation = numberOf(fields.minElevation_deg)
  const range = numberOf(fields.maxRange_km)
  const sun = numberOf(fields.sunBelow_deg)
  if (!(elevation >= 0 && elevation <= 90)) return limits.badElevation(fields.minElevation_deg)
  if (!(range > 0 && range < Infinity)) return limits.badRange(fields.maxRange_km)
  if (!(sun <= 0 && sun >= -90)) return limits.badSun(fields.sunBelow_deg)
  return {
    ...mission.exchange,
    min_elevation_deg: elevation,
    max_range_km: range,
    sun_below_deg: sun,
  }
}
