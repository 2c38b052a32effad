/** Telemetry of a pass: one row a second of mission time, in columns; NaN means "no value". */

/** Where a number comes from; the screen shows it beside every figure. */
export type Origin = 'measured' | 'modelled' | 'published'

export const telemetryColumns = {
  utc_ms: 'measured',
  /** Index into `phases`. */
  phase: 'measured',
  azimuth_deg: 'modelled',
  elevation_deg: 'modelled',
  range_km: 'modelled',
  range_rate_km_s: 'modelled',
  sun_elevation_deg: 'modelled',
  moon_elevation_deg: 'modelled',
  moon_azimuth_deg: 'modelled',
  moon_separation_deg: 'modelled',
  /** 0 sunlit, 1 penumbra, 2 umbra. */
  satellite_light: 'modelled',
  /** All time tags of the detectors in this second. */
  tags: 'measured',
  /** Tags inside the gate. */
  detections: 'measured',
  detections_modelled: 'modelled',
  /** Matched basis, signal intensity. */
  sifted_bits: 'measured',
  sample_bits: 'measured',
  sample_errors: 'measured',
  /** Signal-state loss including detector and gate, from the announced intensities. */
  loss_measured_dB: 'measured',
  loss_modelled_dB: 'modelled',
  /** Rms distance of gated tags from the pulse grid. */
  sync_residual_ns: 'measured',
  /** Finite-key bound on what has been collected if the exchange ended now. */
  extractable_bits: 'modelled',
} as const satisfies Record<string, Origin>

export type TelemetryColumn = keyof typeof telemetryColumns
export type TelemetryColumns = Record<TelemetryColumn, Float64Array>

/** Rows that belong to one contact; columns all have the same length. */
export interface TelemetryBatch {
  contactId: string
  columns: TelemetryColumns
}

/** Phases of a pass, in order. */
export const phases = ['prepare', 'slew', 'acquire', 'track', 'exchange', 'distil', 'done'] as const
export type Phase = (typeof phases)[number]
export type PassOutcome = 'running' | 'held' | 'complete' | 'aborted' | 'failed'

/** Columns of the given length, filled with NaN. */
export function emptyTelemetry(length: number): TelemetryColumns {
  const names = Object.keys(telemetryColumns) as TelemetryColumn[]
  return Object.fromEntries(
    names.map((name) => [name, new Float64Array(length).fill(NaN)]),
  ) as TelemetryColumns
}
