/** The pass table's columns: what each shows, how it sorts, and where it gives way on a narrow window. */
import type { Candidate } from '@domain/model/pass'
import { formatDateTime, formatNumber, formatPercent, formatTime } from '../format'
import { messages } from '../messages'

export interface PassColumn {
  id: string
  title: string
  width: number
  number?: boolean
  /** Left out below this width of the table's panel, px. */
  from?: number
  sortBy: (candidate: Candidate) => number | string
  text: (candidate: Candidate) => string
}

export interface ColumnNames {
  place: (candidate: Candidate) => string
  satellite: (noradId: number) => string
}

const at = (utc: string): number => Date.parse(utc)
const words = messages.plan.table
/** A Moon below the horizon has no separation worth reading. */
const moonUp = ({ pass }: Candidate): boolean => pass.tca.moon_elevation_deg > 0

const timeColumns: PassColumn[] = [
  {
    id: 'aos',
    title: words.aos,
    width: 72,
    number: true,
    sortBy: ({ pass }) => at(pass.aos.utc),
    text: ({ pass }) => formatTime(at(pass.aos.utc)).slice(0, 8),
  },
  {
    id: 'tca',
    title: words.tca,
    width: 114,
    number: true,
    sortBy: ({ pass }) => at(pass.tca.utc),
    text: ({ pass }) => formatDateTime(at(pass.tca.utc)),
  },
  {
    id: 'los',
    title: words.los,
    width: 72,
    number: true,
    from: 930,
    sortBy: ({ pass }) => at(pass.los.utc),
    text: ({ pass }) => formatTime(at(pass.los.utc)).slice(0, 8),
  },
]

const geometryColumns: PassColumn[] = [
  {
    id: 'elevation',
    title: words.elevation,
    width: 52,
    number: true,
    sortBy: ({ pass }) => pass.max_elevation_deg,
    text: ({ pass }) => formatNumber(pass.max_elevation_deg, 1),
  },
  {
    id: 'range',
    title: words.range,
    width: 56,
    number: true,
    sortBy: ({ pass }) => pass.min_range_km,
    text: ({ pass }) => formatNumber(pass.min_range_km),
  },
  {
    id: 'sun',
    title: words.sun,
    width: 52,
    number: true,
    sortBy: ({ pass }) => pass.tca.sun_elevation_deg,
    text: ({ pass }) => formatNumber(pass.tca.sun_elevation_deg, 1),
  },
  {
    id: 'moon',
    title: words.moon,
    width: 52,
    number: true,
    from: 930,
    sortBy: ({ pass }) => pass.tca.moon_elevation_deg,
    text: ({ pass }) => formatNumber(pass.tca.moon_elevation_deg, 1),
  },
  {
    id: 'moonApart',
    title: words.moonApart,
    width: 58,
    number: true,
    sortBy: (candidate) => (moonUp(candidate) ? candidate.pass.tca.moon_separation_deg : 999),
    text: (candidate) =>
      moonUp(candidate) ? formatNumber(candidate.pass.tca.moon_separation_deg) : words.set,
  },
  {
    id: 'moonLit',
    title: words.moonLit,
    width: 40,
    number: true,
    from: 930,
    sortBy: ({ pass }) => pass.tca.moon_illuminated_fraction,
    text: ({ pass }) => formatPercent(pass.tca.moon_illuminated_fraction, 0),
  },
  {
    id: 'light',
    title: words.light,
    width: 66,
    from: 1100,
    sortBy: ({ pass }) => pass.tca.satellite_light,
    text: ({ pass }) => messages.plan.light[pass.tca.satellite_light],
  },
]

/** All columns between the state and the expected key. */
export const passColumns = (names: ColumnNames): PassColumn[] => [
  {
    id: 'station',
    title: words.station,
    width: 84,
    sortBy: names.place,
    text: names.place,
  },
  {
    id: 'satellite',
    title: words.satellite,
    width: 84,
    sortBy: ({ pass }) => names.satellite(pass.satellite),
    text: ({ pass }) => names.satellite(pass.satellite),
  },
  ...timeColumns,
  ...geometryColumns,
]
