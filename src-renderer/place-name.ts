/** Names as they fit a table: a catalogue writes `Xinglong (Hebei, NAOC)` and `Nanshan / Urumqi (Xinjiang)`. */

/** The name up to its explanation in brackets or behind a slash. */
export const shortName = (name: string): string => name.split(/\s+[(/]/)[0]?.trim() || name
