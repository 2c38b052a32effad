/** Imported records as the dialog lists them: the first act with a new satellite is to fly it. */
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { satelliteName } from '@domain/model/elements'
import type { ElementsRecord } from '@domain/model/elements'
import type { Mission } from '@domain/model/mission'
import type { Station } from '@domain/model/station'
import { ommOf } from '@domain/orbit/omm-out'
import { formatInstant, formatNumber } from '../format'
import { messages } from '../messages'
import { useMission } from '../stores/mission'
import type { ImportShown } from '../stores/mission'

export interface ImportedRecord {
  id: string
  name: string
  detail: string
  action: string
  used: boolean
  use: () => void
}

export function useImported(shown: () => ImportShown): ComputedRef<ImportedRecord[]> {
  const store = useMission()
  return computed(() => {
    const { what, accepted } = shown()
    if (what === 'stations')
      return store.catalogue.stations
        .filter((station) => accepted.includes(station.id))
        .map((station) => stationRow(station, store))
    return store.catalogue.elements
      .filter((record) => accepted.includes(record.id))
      .map((record) => elementsRow(record, store))
  })
}

type Store = ReturnType<typeof useMission>

function elementsRow(record: ElementsRecord, store: Store): ImportedRecord {
  const { noradId, epoch_ms } = record.elements
  return {
    id: record.id,
    name: satelliteName(record),
    detail: `${noradId} · ${formatInstant(epoch_ms)}`,
    action:
      store.mission && isFar(record, store.mission)
        ? messages.imported.useMoved
        : messages.imported.use,
    used: store.resolved?.satellites.some((entry) => isSame(entry.record, record)) ?? false,
    use: () => void useElements(record, store),
  }
}

function stationRow(station: Station, store: Store): ImportedRecord {
  return {
    id: station.id,
    name: station.name,
    detail: `${formatNumber(station.lat_deg, 3)}°, ${formatNumber(station.lon_deg, 3)}°`,
    action: messages.imported.useStation,
    used: store.resolved?.stations.some((entry) => entry.id === station.id) ?? false,
    use: () => void store.update({ stations: [...(store.mission?.stations ?? []), station] }),
  }
}

/** Elements written into a mission lose less than a microsecond of their epoch. */
const isSame = (one: ElementsRecord, other: ElementsRecord): boolean =>
  one.elements.noradId === other.elements.noradId &&
  Math.abs(one.elements.epoch_ms - other.elements.epoch_ms) < 1

/**
 * Imported records are written into the mission itself, so that its file can be opened anywhere.
 * Same satellite: its elements are replaced. Another one joins with the first satellite's payload; when its
 * epoch is far from the horizon, the horizon moves there and the new satellite flies alone.
 */
async function useElements(record: ElementsRecord, store: Store): Promise<void> {
  const mission = store.mission
  const first = mission?.satellites[0]
  if (!mission || !first) return
  const { noradId } = record.elements
  const entry = { noradId, elements: ommOf(record.elements), payload: first.payload }
  if (isFar(record, mission))
    return void (await store.update({
      satellites: [entry],
      contacts: [],
      requests: [],
      clock: clockAt(record, mission),
    }))
  const others = mission.satellites.filter((other) => other.noradId !== noradId)
  await store.update({ satellites: [...others, entry] })
}

/** Elements a month from the horizon say nothing about it. */
const FAR_MS = 30 * 86_400_000
const isFar = (record: ElementsRecord, mission: Mission): boolean =>
  Math.abs(record.elements.epoch_ms - Date.parse(mission.clock.start)) > FAR_MS

/** A horizon of the same length that starts at the next full hour after the epoch. */
function clockAt(record: ElementsRecord, mission: Mission): Mission['clock'] {
  const { start, end } = mission.clock
  const from_ms = Math.ceil(record.elements.epoch_ms / 3_600_000) * 3_600_000
  const to_ms = from_ms + Date.parse(end) - Date.parse(start)
  return { ...mission.clock, start: formatInstant(from_ms), end: formatInstant(to_ms) }
}
