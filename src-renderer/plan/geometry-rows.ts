/** The geometry table of a pass: one row a quantity, columns AOS, TCA, LOS. */
import type { Pass, PassPoint } from '@domain/model/pass'
import { formatNumber, formatPercent, formatTime } from '../format'
import { messages } from '../messages'

export interface GeometryRow {
  title: string
  values: [string, string, string]
}
const words = messages.plan.detail

const quantities: [string, (point: PassPoint) => string][] = [
  [words.utc, (point) => formatTime(Date.parse(point.utc)).slice(0, 8)],
  [words.azimuth, (point) => formatNumber(point.azimuth_deg, 1)],
  [words.elevation, (point) => formatNumber(point.elevation_deg, 1)],
  [words.range, (point) => formatNumber(point.range_km)],
  [words.rangeRate, (point) => formatNumber(point.range_rate_km_s, 2)],
  [words.sun, (point) => formatNumber(point.sun_elevation_deg, 1)],
  [words.moon, (point) => formatNumber(point.moon_elevation_deg, 1)],
  [words.moonApart, (point) => formatNumber(point.moon_separation_deg, 1)],
  [words.moonLit, (point) => formatPercent(point.moon_illuminated_fraction, 0)],
  [words.light, (point) => messages.plan.light[point.satellite_light]],
]

export const geometryRows = ({ aos, tca, los }: Pass): GeometryRow[] =>
  quantities.map(([title, text]) => ({ title, values: [text(aos), text(tca), text(los)] }))
