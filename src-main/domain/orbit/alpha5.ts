/**
 * Catalogue numbers as they stand in five columns of a TLE.
 * Alpha-5 (Space-Track): the first column may be a letter for 10-33, without I and O.
 * Limit: 339999; larger numbers need an OMM.
 */

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/**
 * Reads a five-column catalogue number, blank-padded or in Alpha-5.
 * @returns the number, or null when the text is neither.
 */
export function readCatalogueNumber(columns: string): number | null {
  if (/^ *\d+$/.test(columns)) return Number(columns)
  if (!/^[A-Z]\d{4}$/.test(columns)) return null
  const letter = LETTERS.indexOf(columns.charAt(0))
  return letter < 0 ? null : (letter + 10) * 10_000 + Number(columns.slice(1))
}
