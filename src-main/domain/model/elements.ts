/** Mean orbital elements of the SGP4 theory, one validated form whatever file they came from. */

export interface Elements {
  name: string
  noradId: number
  /** International designator, e.g. `2016-051A`; empty when the source has none. */
  cosparId: string
  /** Epoch, POSIX ms UTC with its fraction (1 ms is 7.5 m along track). */
  epoch_ms: number
  meanMotion_rad_s: number
  eccentricity: number
  inclination_rad: number
  raan_rad: number
  argumentOfPerigee_rad: number
  meanAnomaly_rad: number
  /** SGP4 drag term in inverse Earth radii. */
  bstar_per_earth_radius: number
}

/** Elements with the place they came from, as a catalogue keeps them. */
export interface ElementsRecord {
  /** Stable id within the catalogue: a shipped name or `norad-epoch`. */
  id: string
  elements: Elements
  source: string
  /** Re-entry date, ISO, when one is known. */
  reentry_utc?: string
  /** The name people use, where the catalogue's is another: Micius for QSS (MOZI). */
  alias?: string
}

/** The name to show and to keep keys under. */
export const satelliteName = (record: ElementsRecord): string =>
  record.alias ?? record.elements.name

export interface Rejected {
  /** Which record of the file: its place and, when readable, its name. */
  record: string
  reason: string
}

/** What an import yields: every record is either accepted or rejected with a reason. */
export interface ImportResult<T> {
  accepted: T[]
  rejected: Rejected[]
}
