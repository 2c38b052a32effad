/** UTC as the program keeps it: POSIX milliseconds (no leap seconds), shown as ISO 8601. */

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/
const DAY_OF_YEAR = /^(\d{4})-(\d{3})T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)Z?$/

/**
 * Reads a UTC instant in CCSDS 301.0-B ASCII code A (`2016-12-19T16:52:13Z`) or B (`2016-354T16:52:13Z`).
 * @returns POSIX milliseconds, with the fraction beyond a millisecond kept; NaN when the text is neither.
 */
export function parseUtc(text: string): number {
  const byDay = DAY_OF_YEAR.exec(text)
  if (byDay) {
    const start_ms = Date.parse(`${byDay[1]}-01-01T${byDay[3]}Z`)
    const day = Number(byDay[2])
    return day >= 1 && day <= 366 ? start_ms + (day - 1) * 86_400_000 : NaN
  }
  if (!ISO.test(text)) return NaN
  const [whole, fraction] = text.replace('Z', '').split('.') as [string, string?]
  return Date.parse(`${whole}Z`) + (fraction ? Number(`0.${fraction}`) * 1000 : 0)
}

/** ISO 8601 UTC with milliseconds, rounded to the nearest. */
export const formatUtc = (utc_ms: number): string => new Date(Math.round(utc_ms)).toISOString()
