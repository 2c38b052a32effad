/** The example mission of 2016 as tests use it: real elements of 2016-12-19, the reference payload, two stations. */
import { referencePayload, referenceStation } from '../link/reference-case'
import { calmChannel, noFaults } from '../model/conditions'
import type { Elements } from '../model/elements'
import type { PairSource } from '../model/payload'
import type { ResolvedMission } from '../model/resolved-mission'
import type { Station } from '../model/station'
import { readTle } from '../orbit/tle'

const LINE_1 = '1 41731U 16051A   16354.56913372  .00000384  00000-0  18801-4 0  9991'
const LINE_2 = '2 41731  97.3698 268.1064 0013349 175.8929 309.0190 15.23916091 19164'

function read(): Elements {
  const reading = readTle(LINE_1, LINE_2, 'QSS (MOZI)')
  if ('reasons' in reading) throw new Error(`the flagship's TLE: ${reading.reasons.join('; ')}`)
  return reading.elements
}

export const flagshipElements = read()

export const xinglong = referenceStation

export const graz: Station = {
  ...referenceStation,
  id: 'graz',
  name: 'Graz',
  lat_deg: 47.0671,
  lon_deg: 15.4933,
  alt_m: 539.4,
  receiver: { ...referenceStation.receiver, aperture_m: 0.5 },
}

/** The mission between two instants, with the stations handed in. */
export function flagshipMission(
  start = '2016-12-19T12:00:00Z',
  end = '2016-12-23T12:00:00Z',
  stations: Station[] = [xinglong, graz],
): ResolvedMission {
  const record = { id: 'flagship', elements: flagshipElements, source: 'two-line elements' }
  return {
    mission: {
      mission: 'Xinglong–Graz 2016',
      clock: { mode: 'rehearsal', start, end, speed: 60 },
      satellites: [{ noradId: 41731, elements: 'flagship', payload: referencePayload.id }],
      stations: stations.map(({ id }) => id),
      exchange: {
        protocol: 'decoy-bb84',
        min_elevation_deg: 10,
        max_range_km: 1200,
        sun_below_deg: -12,
        reconciliation: 'auto',
      },
      security: { eps_sec: 1e-9, eps_cor: 1e-15, proof: 'lim2014' },
      contacts: [],
      requests: [],
      uses: [],
      channel: calmChannel,
      links: [],
      attacks: [],
      faults: noFaults,
    },
    start_ms: Date.parse(start),
    end_ms: Date.parse(end),
    satellites: [{ noradId: 41731, record, payload: referencePayload }],
    stations,
  }
}

/** A made-up source of pairs on the same telescope. */
export const pairSource: PairSource = {
  id: 'pairs',
  name: 'Pairs',
  wavelength_nm: 810,
  divergence_urad: referencePayload.divergence_urad,
  pointing_jitter_urad: referencePayload.pointing_jitter_urad,
  sync_rate_Hz: referencePayload.sync_rate_Hz,
  pair_rate_Hz: 5.9e6,
  visibility: 0.91,
  onboard: { efficiency: 0.5, dark_count_rate_Hz: 100, timing_jitter_ns: 0.3 },
  coincidence_window_ns: 2.5,
}
