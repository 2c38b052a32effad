/** The times and names of one contact, whether it flies, is about to, or was recorded. */
import { satelliteName } from '@domain/model/elements'
import type { ContactState } from '@domain/model/ipc'
import type { RecordingHead } from '@domain/model/recording'
import type { ResolvedMission } from '@domain/model/resolved-mission'
import type { SeriesWindow } from '../charts/pass-series'
import { shortName } from '../place-name'

export interface ContactFrame {
  satellite: number
  satelliteName: string
  station: string
  stationName: string
  aos_ms: number
  tca_ms: number
  los_ms: number
  exchange_from_ms: number
  exchange_to_ms: number
}

/** Charts show this much before and after the exchange. */
const MARGIN_MS = 30_000

export const frameOfContact = (contact: ContactState): ContactFrame => ({
  satellite: contact.satellite,
  satelliteName: contact.satelliteName,
  station: contact.station,
  stationName: shortName(contact.stationName, contact.station),
  ...instants(contact),
})

export function frameOfRecording(head: RecordingHead): ContactFrame {
  const { satellites, stations } = head.resolved
  const satellite = satellites.find(({ noradId }) => noradId === head.satellite)
  const station = stations.find(({ id }) => id === head.station)
  return {
    satellite: head.satellite,
    satelliteName: satellite ? satelliteName(satellite.record) : String(head.satellite),
    station: head.station,
    stationName: shortName(station?.name ?? head.station, head.station),
    ...instants(head),
  }
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

/** What the curves show of a contact. */
export const chartWindow = (frame: ContactFrame): SeriesWindow => ({
  from_ms: frame.exchange_from_ms - MARGIN_MS,
  to_ms: frame.exchange_to_ms + MARGIN_MS,
  exchange_from_ms: frame.exchange_from_ms,
  exchange_to_ms: frame.exchange_to_ms,
})

/** The stations of a mission as the globe shows them, the contact's own marked. */
export const globeStations = (resolved: ResolvedMission | null, active: string) =>
  (resolved?.stations ?? []).map((station) => ({
    id: station.id,
    name: shortName(station.name, station.id),
    lat_deg: station.lat_deg,
    lon_deg: station.lon_deg,
    minElevation_deg: Math.max(
      station.site.min_elevation_deg,
      resolved?.mission.exchange.min_elevation_deg ?? 0,
    ),
    active: station.id === active,
  }))
