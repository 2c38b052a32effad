/**
 * Two-line element sets by their columns.
 * Source: Hoots and Roehrich, Spacetrack Report 3 (1980), and the column table of Vallado et al.,
 * AIAA 2006-6753. Explicit plus signs, leading zeros and a blank-padded revolution are legal.
 * Limit: two-digit years mean 1957-2056.
 */
import type { Elements } from '../model/elements'
import { radians } from '../model/units'
import { readCatalogueNumber } from './alpha5'
import { limitReasons } from './element-limits'
import type { Reading } from './reading'

const COLUMNS = 69
const DAY_MS = 86_400_000

/** [name, first column, last column, what stands there]; columns count from 1. */
type Field = readonly [name: string, from: number, to: number, shape: RegExp]

const BLANK = /^ $/
const ANGLE = /^[ +]?[ \d]{2}\d\.\d{4}$|^[ +]*\d{1,3}\.\d{4}$/
const POWER = /^[ +-][ \d]{5}[+-]\d$/

const LINE_1: readonly Field[] = [
  ['column 2', 2, 2, BLANK],
  ['classification', 8, 8, /^[UCS ]$/],
  ['column 9', 9, 9, BLANK],
  ['international designator', 10, 17, /^[ \dA-Z]{8}$/],
  ['column 18', 18, 18, BLANK],
  ['epoch', 19, 32, /^\d{2}[ \d]{2}\d\.\d{8}$/],
  ['column 33', 33, 33, BLANK],
  ['first derivative of the mean motion', 34, 43, /^[ +-][ 0]?\.\d{8}$/],
  ['column 44', 44, 44, BLANK],
  ['second derivative of the mean motion', 45, 52, POWER],
  ['column 53', 53, 53, BLANK],
  ['B*', 54, 61, POWER],
  ['column 62', 62, 62, BLANK],
  ['ephemeris type', 63, 63, /^[ \d]$/],
  ['column 64', 64, 64, BLANK],
  ['element set number', 65, 68, /^ *\d*$/],
]

const LINE_2: readonly Field[] = [
  ['column 2', 2, 2, BLANK],
  ['column 8', 8, 8, BLANK],
  ['inclination', 9, 16, ANGLE],
  ['column 17', 17, 17, BLANK],
  ['right ascension of the ascending node', 18, 25, ANGLE],
  ['column 26', 26, 26, BLANK],
  ['eccentricity', 27, 33, /^\d{7}$/],
  ['column 34', 34, 34, BLANK],
  ['argument of perigee', 35, 42, ANGLE],
  ['column 43', 43, 43, BLANK],
  ['mean anomaly', 44, 51, ANGLE],
  ['column 52', 52, 52, BLANK],
  ['mean motion', 53, 63, /^[ \d]\d\.\d{8}$/],
  ['revolution number', 64, 68, /^ *\d*$/],
]

/** Sum of the digits plus one for each minus sign, modulo 10. */
export function tleChecksum(columns: string): number {
  let sum = 0
  for (const sign of columns) sum += sign === '-' ? 1 : /\d/.test(sign) ? Number(sign) : 0
  return sum % 10
}

/** The text of columns `from` to `to`, counted from 1 as the format's table does. */
const cut = (line: string, from: number, to: number): string => line.slice(from - 1, to)

function checksumReason(line: string, number: 1 | 2): string[] {
  const body = line.slice(0, -1)
  const last = line.slice(-1)
  const sum = String(tleChecksum(body))
  return last === sum ? [] : [`line ${number} fails its checksum: it ends in ${last}, not ${sum}`]
}

function lineReasons(line: string, number: 1 | 2): string[] {
  if (line.length !== COLUMNS) {
    const width = `line ${number} has ${line.length} columns, ${COLUMNS} are needed`
    return [width, ...(line.length > COLUMNS ? checksumReason(line, number) : [])]
  }
  const wrong = (number === 1 ? LINE_1 : LINE_2)
    .filter(([, from, to, shape]) => !shape.test(cut(line, from, to)))
    .map(([name, from, to]) => {
      const place = from === to ? `column ${from}` : `columns ${from}-${to}`
      return `line ${number} is out of place: ${name} (${place}) reads "${cut(line, from, to)}"`
    })
  return [...wrong, ...checksumReason(line, number)]
}

function numberReasons(line1: string, line2: string): string[] {
  const reasons: string[] = []
  const [first, second] = [cut(line1, 3, 7), cut(line2, 3, 7)]
  if (line1.charAt(0) !== '1' || line2.charAt(0) !== '2')
    reasons.push(
      line1.charAt(0) === '2' && line2.charAt(0) === '1'
        ? 'lines are swapped: line 2 stands before line 1'
        : `line numbers are "${line1.charAt(0)}" and "${line2.charAt(0)}", they must be 1 and 2`,
    )
  if (first !== second)
    reasons.push(
      `satellite numbers differ: line 1 is of ${first.trim()}, line 2 of ${second.trim()}`,
    )
  else if (readCatalogueNumber(first) === null)
    reasons.push(`catalogue number "${first}" is neither five digits nor Alpha-5 (no I, no O)`)
  return reasons
}

/** `sddddd+d`: a decimal fraction and a power of ten. */
function readPower(columns: string): number {
  const mantissa = Number(`0.${columns.slice(1, 6).replace(/ /g, '0')}`)
  return (columns.startsWith('-') ? -1 : 1) * mantissa * 10 ** Number(columns.slice(6))
}

function readEpoch_ms(columns: string): number {
  const years = Number(columns.slice(0, 2))
  const start_ms = Date.UTC(years < 57 ? 2000 + years : 1900 + years, 0, 1)
  const [day, fraction] = columns.slice(2).split('.') as [string, string]
  return start_ms + (Number(day) - 1) * DAY_MS + (Number(fraction) / 10 ** fraction.length) * DAY_MS
}

/** `16051A` as `2016-051A`; empty when the columns are blank. */
function readDesignator(columns: string): string {
  const years = columns.slice(0, 2)
  if (!/^\d\d$/.test(years)) return ''
  return `${Number(years) < 57 ? 20 : 19}${years}-${columns.slice(2).trim()}`
}

function readElements(line1: string, line2: string, name: string): Elements {
  const noradId = readCatalogueNumber(cut(line1, 3, 7)) ?? NaN
  const angle = (from: number): number => radians(Number(cut(line2, from, from + 7)))
  return {
    name: name || `NORAD ${noradId}`,
    noradId,
    cosparId: readDesignator(cut(line1, 10, 17)),
    epoch_ms: readEpoch_ms(cut(line1, 19, 32)),
    meanMotion_rad_s: (Number(cut(line2, 53, 63)) * 2 * Math.PI) / 86_400,
    eccentricity: Number(`0.${cut(line2, 27, 33)}`),
    inclination_rad: angle(9),
    raan_rad: angle(18),
    argumentOfPerigee_rad: angle(35),
    meanAnomaly_rad: angle(44),
    bstar_per_earth_radius: readPower(cut(line1, 54, 61)),
  }
}

function dayReasons(line1: string): string[] {
  const day = Number(cut(line1, 21, 32))
  if (cut(line1, 63, 63) === '4') return ['ephemeris type 4 is SGP4-XP, only SGP4 sets are flown']
  return day >= 1 && day < 367 ? [] : [`epoch is day ${day} of its year, it must lie in 1 to 366`]
}

/**
 * Reads one two-line set. Never throws.
 * @param line1 line 1 without its line end
 * @param line2 line 2 without its line end
 * @param name the name line's text, empty when there is none
 */
export function readTle(line1: string, line2: string, name: string): Reading {
  const reasons = [
    ...numberReasons(line1, line2),
    ...(line1.charAt(0) === '2' ? [] : [...lineReasons(line1, 1), ...lineReasons(line2, 2)]),
  ]
  if (reasons.length > 0) return { reasons }
  const elements = readElements(line1, line2, name)
  const limits = [...dayReasons(line1), ...limitReasons(elements)]
  return limits.length > 0 ? { reasons: limits } : { elements }
}
