/** UTC as the program keeps it: POSIX milliseconds (no leap seconds), shown as ISO 8601. */

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/
const DAY_OF_YEAR = /^(\d{4})-(\d{3})T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)Z?$/

/**
 * Reads a UTC instant in CCSDS 301.0-B ASCII code A (`2016-12-19T16:52:13Z`) or B (`2016-354T16:52:13Z`).
 * @returns POSIX milliseconds, with the fraction beyond a millisecond kept; NaN when the text is neither,
 *   or names a day that its month or year does not have.
 */
export function parseUtc(text: string): number {
  const byDay = DAY_OF_YEAR.exec(text)
  if (byDay)
    return ofDayOfYear(Number(byDay[1]), Number(byDay[2]), `${byDay[1]}-01-01T${byDay[3]}Z`)
  if (!ISO.test(text) || !isCalendarDay(text.slice(0, 10))) return NaN
  const [whole, fraction] = text.replace('Z', '').split('.') as [string, string?]
  return Date.parse(`${whole}Z`) + (fraction ? Number(`0.${fraction}`) * 1000 : 0)
}

/** Engines read 30 February as 1 March. */
function isCalendarDay(day: string): boolean {
  const midnight_ms = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight_ms) && formatUtc(midnight_ms).startsWith(day)
}

function ofDayOfYear(year: number, day: number, firstDay: string): number {
  const days = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000
  return day >= 1 && day <= days ? Date.parse(firstDay) + (day - 1) * 86_400_000 : NaN
}

/** ISO 8601 UTC with milliseconds, rounded to the nearest. */
export const formatUtc = (utc_ms: number): string => new Date(Math.round(utc_ms)).toISOString()
