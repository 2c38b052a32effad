/** The passes document as a UTC table for people. */
import type { Pass, PassPoint } from '../domain/model/pass'
import type { PassesDocument } from '../domain/orbit/pass-document'

const COLUMNS: [title: string, width: number, of: (pass: Pass) => string][] = [
  ['satellite', 9, (pass) => String(pass.satellite)],
  ['station', -14, (pass) => pass.station],
  ['AOS UTC', -19, (pass) => clock(pass.aos)],
  ['az deg', 6, (pass) => pass.aos.azimuth_deg.toFixed(1)],
  ['TCA UTC', -19, (pass) => clock(pass.tca)],
  ['el deg', 6, (pass) => pass.max_elevation_deg.toFixed(2)],
  ['LOS UTC', -19, (pass) => clock(pass.los)],
  ['az deg', 6, (pass) => pass.los.azimuth_deg.toFixed(1)],
  ['s', 5, (pass) => pass.duration_s.toFixed(0)],
  ['min km', 8, (pass) => pass.min_range_km.toFixed(1)],
  ['light', -8, (pass) => pass.tca.satellite_light],
  ['Sun deg', 7, (pass) => pass.tca.sun_elevation_deg.toFixed(1)],
  ['Moon deg', 8, (pass) => pass.tca.moon_elevation_deg.toFixed(1)],
]

/** `2016-12-19 16:52:13`, to the second as the clock shows it. */
const clock = (point: PassPoint): string => point.utc.slice(0, 19).replace('T', ' ')

/** Positive widths align to the right, negative ones to the left. */
const pad = (text: string, width: number): string =>
  width > 0 ? text.padStart(width) : text.padEnd(-width)

const row = (cells: string[]): string =>
  cells
    .map((cell, at) => pad(cell, COLUMNS[at]?.[1] ?? 0))
    .join('  ')
    .trimEnd()

/** One line for each satellite, refusal and pass; ends with a line end. */
export function passesTable(document: Omit<PassesDocument, 'notices'>): string {
  const satellites = document.satellites
    .filter((satellite) => satellite.used)
    .map(({ name, noradId, epoch, ageAtFrom_days, ageFlag }) => {
      const age = `${ageAtFrom_days.toFixed(2)} days at the window's start (${ageFlag})`
      return `${name} (${noradId}), elements of ${epoch}, ${age}`
    })
  const refused = document.rejected.map(({ record, reason }) => `refused ${record}: ${reason}`)
  const passes = document.passes.map((pass) => row(COLUMNS.map(([, , of]) => of(pass))))
  const head = row(COLUMNS.map(([title]) => title))
  return [...satellites, ...refused, head, ...passes, `${passes.length} passes`, ''].join('\n')
}
