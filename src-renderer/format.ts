/** How numbers and times are written: U+2212 minus, U+2009 per thousand, `–` for no value. Each takes the unit named. */
import { messages } from './messages'

export const NO_VALUE = '–'
const MINUS = '\u2212'
const THIN_SPACE = '\u2009'
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

type Maybe = number | null | undefined
const missing = (value: Maybe): value is null | undefined =>
  value === null || value === undefined || !Number.isFinite(value)

/** A number with a fixed count of decimals, e.g. `−1 234.5`. */
export function formatNumber(value: Maybe, decimals = 0): string {
  if (missing(value)) return NO_VALUE
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.') as [string, string?]
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)
  const digits = fraction ? `${grouped}.${fraction}` : grouped
  return value < 0 && /[1-9]/.test(digits) ? MINUS + digits : digits
}

/** Bits, exact, as ledgers show them. */
export const formatBits = (bits: Maybe): string => formatNumber(bits)

/** A difference with its sign, `+1 204`; `0` has none. */
export const formatDifference = (value: Maybe, decimals = 0): string =>
  (!missing(value) && value > 0 ? '+' : '') + formatNumber(value, decimals)

/** Bits as kbit, without decimals from 100 kbit up. */
export function formatKbit(bits: Maybe): string {
  if (missing(bits)) return NO_VALUE
  return formatNumber(bits / 1000, bits !== 0 && Math.abs(bits) < 99_950 ? 1 : 0)
}

/** A fraction as percent. */
export const formatPercent = (fraction: Maybe, decimals = 1): string =>
  missing(fraction) ? NO_VALUE : formatNumber(fraction * 100, decimals)

/** A small number as `1.0 × 10⁻⁹`. */
export function formatEpsilon(value: Maybe): string {
  if (missing(value)) return NO_VALUE
  if (value === 0) return '0'
  const [digits, exponent] = value.toExponential(1).split('e') as [string, string]
  return `${digits} × 10${superscript(Number(exponent))}`
}

const superscript = (value: number): string =>
  (value < 0 ? '⁻' : '') +
  [...String(Math.abs(value))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')

const iso = (utc_ms: number): string => new Date(utc_ms).toISOString()

/** `16:52:13Z`, rounded down to the second as clocks are. */
export const formatTime = (utc_ms: Maybe): string =>
  missing(utc_ms) ? NO_VALUE : `${iso(utc_ms).slice(11, 19)}Z`
/** `2016-12-19`. */
export const formatDate = (utc_ms: Maybe): string =>
  missing(utc_ms) ? NO_VALUE : iso(utc_ms).slice(0, 10)
/** `12-19 16:52:13`, for tables whose header names UTC. */
export const formatDateTime = (utc_ms: Maybe): string =>
  missing(utc_ms) ? NO_VALUE : `${iso(utc_ms).slice(5, 10)} ${iso(utc_ms).slice(11, 19)}`
/** `2016-12-19T16:52:13Z`. */
export const formatInstant = (utc_ms: Maybe): string =>
  missing(utc_ms) ? NO_VALUE : `${iso(utc_ms).slice(0, 19)}Z`

/** Day of the year, three digits. */
export function formatDayOfYear(utc_ms: Maybe): string {
  if (missing(utc_ms)) return NO_VALUE
  const start = Date.UTC(new Date(utc_ms).getUTCFullYear(), 0, 1)
  return String(Math.floor((utc_ms - start) / 86_400_000) + 1).padStart(3, '0')
}

/** A length of time as `04:23`, `4:39:55`; seconds, sign dropped. */
export function formatSpan(span_s: Maybe): string {
  if (missing(span_s)) return NO_VALUE
  const total = Math.floor(Math.abs(span_s))
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes, seconds] = [
    Math.floor(total / 3600),
    two(Math.floor(total / 60) % 60),
    two(total % 60),
  ]
  return hours > 0 ? `${hours}:${minutes}:${seconds}` : `${minutes}:${seconds}`
}

/** Time from `now_ms` to an event: `T− 01:21` before it, `T+ 04:23` after it. */
export function formatCountdown(event_ms: Maybe, now_ms: Maybe): string {
  if (missing(event_ms) || missing(now_ms)) return NO_VALUE
  const left_s = (event_ms - now_ms) / 1000
  return left_s > 0 ? `T${MINUS} ${formatSpan(Math.ceil(left_s))}` : `T+ ${formatSpan(left_s)}`
}

/** An age in at most two units: `4 h 46 min`, `3 d 2 h`, `12 s`. */
export function formatAge(age_ms: Maybe): string {
  if (missing(age_ms)) return NO_VALUE
  const { day, hour, minute, second } = messages.units
  const total_s = Math.floor(Math.abs(age_ms) / 1000)
  const [days, hours] = [Math.floor(total_s / 86_400), Math.floor(total_s / 3600) % 24]
  const minutes = Math.floor(total_s / 60) % 60
  if (days > 0) return `${formatNumber(days)} ${day} ${hours} ${hour}`
  if (hours > 0) return `${hours} ${hour} ${minutes} ${minute}`
  return minutes > 0 ? `${minutes} ${minute}` : `${total_s} ${second}`
}

/** A reason written by the models in plain ASCII, with the screen's degree and minus signs. */
export const formatReason = (reason: string): string =>
  reason.replace(/(\d) deg\b/g, '$1°').replace(/(^|[\s(])-(?=\d)/g, `$1${MINUS}`)
