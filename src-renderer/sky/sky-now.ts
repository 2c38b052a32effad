/** What is over the station at one instant, from telemetry or, before it speaks, from the track. */
import type { TelemetryColumns } from '@domain/model/telemetry'
import type { SkyTrack } from '../workers/contact-track'

export interface SkyNow {
  azimuth_deg: number
  elevation_deg: number
  range_km: number
  sun_elevation_deg: number
  moon_azimuth_deg: number
  moon_elevation_deg: number
  moon_separation_deg: number
  /** 0 sunlit, 1 penumbra, 2 umbra. */
  satellite_light: number
}
type SkyColumns = Record<keyof SkyNow, Float64Array>

function rowOf(columns: SkyColumns, row: number): SkyNow {
  const at = (name: keyof SkyNow): number => columns[name][row] ?? NaN
  return {
    azimuth_deg: at('azimuth_deg'),
    elevation_deg: at('elevation_deg'),
    range_km: at('range_km'),
    sun_elevation_deg: at('sun_elevation_deg'),
    moon_azimuth_deg: at('moon_azimuth_deg'),
    moon_elevation_deg: at('moon_elevation_deg'),
    moon_separation_deg: at('moon_separation_deg'),
    satellite_light: at('satellite_light'),
  }
}

/** The last telemetry row, else the track's row of the instant; null outside of both. */
export function skyNow(
  columns: TelemetryColumns | null,
  track: SkyTrack | null,
  now_ms: number,
): SkyNow | null {
  const rows = columns?.utc_ms.length ?? 0
  if (columns && rows > 0) return rowOf(columns, rows - 1)
  const row = track ? Math.round((now_ms - (track.times_ms[0] ?? NaN)) / 1000) : -1
  return track && row >= 0 && row < track.times_ms.length ? rowOf(track, row) : null
}
