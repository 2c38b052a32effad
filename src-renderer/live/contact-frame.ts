/** The times and names of one contact, whether it flies, is about to, or was recorded. */
import { satelliteName } from '@domain/model/elements'
import type { ContactState } from '@domain/model/ipc'
import { isPairSource } from '@domain/model/payload'
import type { RecordingHead } from '@domain/model/recording'
import type { PassReport } from '@domain/model/report'
import type { MissionSatellite, ResolvedMission } from '@domain/model/resolved-mission'
import type { TelemetryColumns } from '@domain/model/telemetry'
import { ALL_SO_FAR, passSeries } from '../charts/pass-series'
import type { Forecast, PassSeries, SeriesWindow } from '../charts/pass-series'
import { messages } from '../messages'
import { shortName } from '../place-name'

export interface ContactFrame {
  satellite: number
  satelliteName: string
  station: string
  /** Both stations' names in an entangled contact. */
  stationName: string
  /** Stations that take part, by id. */
  stations: readonly string[]
  /** Names of the two sides of an entangled contact, Alice's first: stations, or the satellite itself. */
  ends?: readonly [string, string]
  aos_ms: number
  tca_ms: number
  los_ms: number
  exchange_from_ms: number
  exchange_to_ms: number
}

/** Charts show this much before and after the exchange. */
const MARGIN_MS = 30_000

/** Names and ids of the places of a contact. */
type Places = Pick<ContactFrame, 'station' | 'stationName' | 'stations' | 'ends'>

/** One station, or with pairs the two ends; an end that is no station is the satellite, which has no place. */
function placesOf(
  station: string,
  ends: readonly [string, string] | undefined,
  known: (id: string) => string | undefined,
): Places {
  const name = (id: string): string => known(id) ?? id
  if (!ends) return { station, stationName: name(station), stations: [station] }
  const stations = ends.filter((end) => end === station || known(end) !== undefined)
  const [a = '', b] = stations.map(name)
  const stationName = b === undefined ? a : messages.plan.pairs.both(a, b)
  return { station, stationName, stations, ends: [name(ends[0]), name(ends[1])] }
}

/** @param known the name of a station of the mission by its id. */
export function frameOfContact(
  contact: ContactState,
  known: (id: string) => string | undefined = () => undefined,
): ContactFrame {
  const { satellite, satelliteName, station, stationName, ends } = contact
  const own = (id: string): string | undefined =>
    id === station ? shortName(stationName, station) : known(id)
  return { satellite, satelliteName, ...placesOf(station, ends, own), ...instants(contact) }
}

export function frameOfRecording(head: RecordingHead, report?: PassReport): ContactFrame {
  const { satellites } = head.resolved
  const satellite = satellites.find(({ noradId }) => noradId === head.satellite)
  return {
    satellite: head.satellite,
    satelliteName: nameOf(satellite) ?? String(head.satellite),
    ...placesOf(head.station, endsOf(head, satellite, report), stationNames(head.resolved)),
    ...instants(head),
  }
}

const nameOf = (satellite: MissionSatellite | undefined): string | undefined =>
  satellite && satelliteName(satellite.record)

/** Short names of a mission's stations by id; undefined for anything else. */
export const stationNames =
  (resolved: ResolvedMission | null) =>
  (wanted: string): string | undefined => {
    const station = resolved?.stations.find(({ id }) => id === wanted)
    return station && shortName(station.name, station.id)
  }

/** A recorded contact's two ends: as reported, else as its id names them; the satellite where it measured itself. */
function endsOf(
  { contactId, station }: RecordingHead,
  satellite: MissionSatellite | undefined,
  report: PassReport | undefined,
): readonly [string, string] | undefined {
  if (report?.stations) return report.stations
  if (!satellite || !isPairSource(satellite.payload)) return undefined
  const [first, second] = contactId.split('-').slice(1, -1).join('-').split('+')
  return first !== undefined && second !== undefined
    ? [first, second]
    : [satelliteName(satellite.record), station]
}

const instants = (
  from: Pick<
    ContactState,
    'aos_utc' | 'tca_utc' | 'los_utc' | 'exchange_from_utc' | 'exchange_to_utc'
  >,
) => ({
  aos_ms: Date.parse(from.aos_utc),
  tca_ms: Date.parse(from.tca_utc),
  los_ms: Date.parse(from.los_utc),
  exchange_from_ms: Date.parse(from.exchange_from_utc),
  exchange_to_ms: Date.parse(from.exchange_to_utc),
})

/** The curves of a contact; the QBER of pairs is that of all bits disclosed so far. */
export const contactSeries = (
  columns: TelemetryColumns,
  frame: ContactFrame,
  forecast?: Forecast,
): PassSeries =>
  passSeries(columns, chartWindow(frame), forecast, frame.ends ? ALL_SO_FAR : undefined)

/** What the curves show of a contact. */
const chartWindow = (frame: ContactFrame): SeriesWindow => ({
  from_ms: frame.exchange_from_ms - MARGIN_MS,
  to_ms: frame.exchange_to_ms + MARGIN_MS,
  exchange_from_ms: frame.exchange_from_ms,
  exchange_to_ms: frame.exchange_to_ms,
})

/** The stations of a mission as the globe shows them, the contact's own marked. */
export const globeStations = (resolved: ResolvedMission | null, active: readonly string[]) =>
  (resolved?.stations ?? []).map((station) => ({
    id: station.id,
    name: shortName(station.name, station.id),
    lat_deg: station.lat_deg,
    lon_deg: station.lon_deg,
    minElevation_deg: Math.max(
      station.site.min_elevation_deg,
      resolved?.mission.exchange.min_elevation_deg ?? 0,
    ),
    active: active.includes(station.id),
  }))
