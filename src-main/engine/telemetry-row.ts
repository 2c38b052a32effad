/** One row of telemetry, a second of a contact: what the models give, and what Bob counted. */
import { emptyTelemetry, phases, type Phase, type TelemetryColumn } from '../domain/model/telemetry'
import { degrees } from '../domain/model/units'
import type { PassTrack } from '../domain/orbit/track'
import type { Environment } from './environment'
import { measuredLoss_dB, type SourceRates } from './measured-loss'
import type { SlotStatus } from './party-start'

export type Row = Record<TelemetryColumn, number>

/** What the models give for a row; measured columns stay empty. */
export function modelledRow(environment: Environment, row: number, phase: Phase): Row {
  const { track } = environment
  const empty = Object.fromEntries(Object.keys(emptyTelemetry(0)).map((name) => [name, NaN])) as Row
  return {
    ...empty,
    utc_ms: environment.utc_ms[row],
    phase: phases.indexOf(phase),
    loss_modelled_dB: aboveHorizon(track, row) ? environment.loss_dB[row] : NaN,
    ...(track ? geometryRow(track, row) : {}),
  }
}

/** A link without an orbit has no horizon. */
const aboveHorizon = (track: PassTrack | null, row: number): boolean =>
  track === null || track.elevation_rad[row] > 0

/** The orbit's columns; a link without an orbit leaves them empty. */
const geometryRow = (track: PassTrack, row: number): Partial<Row> => ({
  azimuth_deg: degrees(track.azimuth_rad[row]),
  elevation_deg: degrees(track.elevation_rad[row]),
  range_km: track.range_m[row] / 1000,
  range_rate_km_s: track.rangeRate_m_s[row] / 1000,
  sun_elevation_deg: degrees(track.sunElevation_rad[row]),
  moon_elevation_deg: degrees(track.moonElevation_rad[row]),
  moon_azimuth_deg: degrees(track.moonAzimuth_rad[row]),
  moon_separation_deg: degrees(track.moonSeparation_rad[row]),
  satellite_light: track.light[row],
})

/** A row of the exchange before anything is counted. */
export const exchangeRow = (environment: Environment, row: number): Row => ({
  ...modelledRow(environment, row, 'exchange'),
  detections_modelled: environment.expected[row].detections,
})

/** Adds what Bob counted in this second; a second without the link open stays empty: a gap, not a zero. */
export function measuredRow(row: Row, status: SlotStatus, source: SourceRates): Row {
  return {
    ...row,
    tags: status.tags,
    detections: status.detections,
    sifted_bits: status.sifted_bits,
    sample_bits: status.sample_bits,
    sample_errors: status.sample_errors,
    sync_residual_ns: status.sync_residual_ns,
    loss_measured_dB: measuredLoss_dB(status.announced, source),
  }
}
