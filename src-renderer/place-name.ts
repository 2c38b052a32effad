/** Names as they fit a table: a catalogue writes `Xinglong (Hebei, NAOC)`, `Nanshan / Urumqi` and `Graz Lustbuehel`. */

/**
 * The name up to its explanation in brackets or behind a slash; a name that begins with the station's id ends
 * there, so that `graz` of `Graz Lustbuehel` is Graz.
 */
export function shortName(name: string, id = ''): string {
  const plain = name.split(/\s+[(/]/)[0]?.trim() || name
  const begins = id !== '' && plain.toLowerCase().startsWith(`${id.toLowerCase()} `)
  return begins ? plain.slice(0, id.length) : plain
}
