/** A small made-up pass for this room's tests; its numbers mean nothing beyond being valid. */
import { twoBasisKeyLength } from '../domain/qkd/two-basis'
import { calmChannel, noFaults } from '../domain/model/conditions'
import type { RecordingHead } from '../domain/model/recording'
import type { BasisCounts, PassReport } from '../domain/model/report'
import { emptyTelemetry, type TelemetryColumns } from '../domain/model/telemetry'
import { parseUtc } from '../domain/model/time'

/** Start of the made-up exchange, POSIX ms. */
export const sampleStart_ms = parseUtc('2016-12-19T16:50:00Z')

const payload = {
  id: 'sample',
  name: 'Sample',
  wavelength_nm: 850,
  pulse_rate_Hz: 1e8,
  intensities: [0.8, 0.1, 0] as [number, number, number],
  probabilities: [0.5, 0.25, 0.25] as [number, number, number],
  basis_x_probability: 0.5,
  divergence_urad: 10,
  pointing_jitter_urad: 1.2,
  polarisation_error: 0.01,
  sync_rate_Hz: 1e4,
}
const security = { eps_sec: 1e-9, eps_cor: 1e-15, proof: 'lim2014' as const }

/** The head of a recording of satellite 41731 over Xinglong. */
export const sampleHead: RecordingHead = {
  contactId: '41731-xinglong-20161219T165213Z',
  mission: 'Sample, "quoted"',
  seed: 1,
  satellite: 41731,
  station: 'xinglong',
  aos_utc: '2016-12-19T16:48:00.000Z',
  tca_utc: '2016-12-19T16:52:13.000Z',
  los_utc: '2016-12-19T16:56:00.000Z',
  exchange_from_utc: '2016-12-19T16:50:00.000Z',
  exchange_to_utc: '2016-12-19T16:54:00.000Z',
  simulated: true,
  resolved: {
    mission: {
      mission: 'Sample, "quoted"',
      clock: {
        mode: 'rehearsal',
        start: '2016-12-19T12:00:00Z',
        end: '2016-12-20T12:00:00Z',
        speed: 1,
      },
      satellites: [{ noradId: 41731, elements: 'sample', payload: 'sample' }],
      stations: ['xinglong'],
      exchange: {
        protocol: 'decoy-bb84',
        min_elevation_deg: 10,
        max_range_km: 1200,
        sun_below_deg: -12,
        reconciliation: 'auto',
      },
      security,
      contacts: [],
      requests: [],
      uses: [],
      channel: calmChannel,
      links: [],
      attacks: [],
      faults: noFaults,
    },
    start_ms: parseUtc('2016-12-19T12:00:00Z'),
    end_ms: parseUtc('2016-12-20T12:00:00Z'),
    satellites: [
      {
        noradId: 41731,
        payload,
        record: {
          id: 'sample',
          source: 'made up',
          elements: {
            name: 'SAMPLE',
            noradId: 41731,
            cosparId: '2016-051A',
            epoch_ms: parseUtc('2016-12-19T00:00:00Z'),
            meanMotion_rad_s: 0.0011,
            eccentricity: 0.001,
            inclination_rad: 1.7,
            raan_rad: 1,
            argumentOfPerigee_rad: 1,
            meanAnomaly_rad: 1,
            bstar_per_earth_radius: 1e-5,
          },
        },
      },
    ],
    stations: [],
  },
}

/** Telemetry rows one second apart, most columns without a value. */
export function sampleRows(from_s: number, rows: number): TelemetryColumns {
  const columns = emptyTelemetry(rows)
  for (let i = 0; i < rows; i++) {
    columns.utc_ms[i] = sampleStart_ms + (from_s + i) * 1000
    columns.phase[i] = 4
    columns.detections[i] = 13_000 + i
  }
  return columns
}

const counts: BasisCounts = { x: [800_000, 60_000, 2000], z: [810_000, 61_000, 2100] }
const errors: BasisCounts = { x: [8000, 900, 1000], z: [8100, 910, 1050] }
const leak = { x: 75_000, z: 76_000 }

/** A report whose key length follows from its counts. */
export function sampleReport(): PassReport {
  const { x, z, secret_bits } = twoBasisKeyLength(counts, errors, leak, payload, security)
  const { aos_utc: aos, tca_utc: tca, los_utc: los, contactId: id, satellite, station } = sampleHead
  return {
    ...{ id, satellite, station, aos, tca, los, max_elevation_deg: 47.8, min_range_km: 645 },
    ...{ exchange_s: 240, pulses_sent: 2.4e10, detections: 3_500_000, sifted_bits: 1_610_000 },
    ...{ sample_bits: 33_000, key_bits_in: 1_735_100, qber: 0.01, leak_bits: 151_000 },
    ...{ efficiency_f: 1.15, verified: true, secret_bits, secret_rate_bps: secret_bits / 240 },
    ...{ epsilon: 1e-9, proof: 'lim2014', counts, errors, terms: { x, z } },
    ...{ auth_bits_spent: 2048, auth_bits_added: 2048, messages: 2, channel_bytes: 300 },
    ...{ round_trips: 1, recording: 'sample.mcap', bounds: [], epsilon_shares: [] },
    reconciliation: {
      ...{ method: 'cascade', why: 'the mission asks for it', frames: 2, blind_frames: 0 },
      ...{ round_trips: 1, waiting_s: 0 },
    },
  }
}
