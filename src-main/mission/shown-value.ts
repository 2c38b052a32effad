/** A refused value as an error shows it. */

/** At most 60 characters of JSON; what JSON has no word for by its own name. */
export function shownValue(value: unknown): string {
  if (value === undefined) return 'missing'
  if (typeof value === 'number') return String(value)
  return JSON.stringify(value).slice(0, 60)
}
