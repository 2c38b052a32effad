/** Builds telemetry rows and hands them out in batches, ten a wall second at most. */
import {
  emptyTelemetry,
  phases,
  type Phase,
  type TelemetryBatch,
  type TelemetryColumn,
  type TelemetryColumns,
} from '../domain/model/telemetry'
import { degrees } from '../domain/model/units'
import type { Environment } from './environment'
import { measuredLoss_dB, type SourceRates } from './measured-loss'
import type { SlotStatus } from './party-start'

export type Row = Record<TelemetryColumn, number>

const BATCH_WALL_MS = 100

/** What the models give for a row; measured columns stay empty. */
export function modelledRow(environment: Environment, row: number, phase: Phase): Row {
  const { track } = environment
  const empty = Object.fromEntries(Object.keys(emptyTelemetry(0)).map((name) => [name, NaN])) as Row
  return {
    ...empty,
    utc_ms: track.utc_ms[row],
    phase: phases.indexOf(phase),
    azimuth_deg: degrees(track.azimuth_rad[row]),
    elevation_deg: degrees(track.elevation_rad[row]),
    range_km: track.range_m[row] / 1000,
    range_rate_km_s: track.rangeRate_m_s[row] / 1000,
    sun_elevation_deg: degrees(track.sunElevation_rad[row]),
    moon_elevation_deg: degrees(track.moonElevation_rad[row]),
    moon_azimuth_deg: degrees(track.moonAzimuth_rad[row]),
    moon_separation_deg: degrees(track.moonSeparation_rad[row]),
    satellite_light: track.light[row],
    loss_modelled_dB: track.elevation_rad[row] > 0 ? environment.loss_dB[row] : NaN,
  }
}

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

export class TelemetryLog {
  private rows: Row[] = []
  private flushed_ms = -Infinity

  constructor(
    private readonly contactId: string,
    private readonly emit: (batch: TelemetryBatch) => void,
    private readonly wall_ms: () => number = () => performance.now(),
  ) {}

  push(row: Row): void {
    this.rows.push(row)
    if (this.wall_ms() - this.flushed_ms >= BATCH_WALL_MS) this.flush()
  }

  flush(): void {
    if (this.rows.length === 0) return
    const columns = emptyTelemetry(this.rows.length)
    for (const name of Object.keys(columns) as TelemetryColumn[])
      this.rows.forEach((row, i) => (columns[name][i] = row[name]))
    this.rows = []
    this.flushed_ms = this.wall_ms()
    this.emit({ contactId: this.contactId, columns: columns satisfies TelemetryColumns })
  }
}
