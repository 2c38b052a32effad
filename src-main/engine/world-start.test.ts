import { describe, expect, it } from 'vitest'
import { referencePayload, referenceStation } from '../domain/link/reference-case'
import { noFaults, calmChannel, type Attack, type Faults } from '../domain/model/conditions'
import { phases } from '../domain/model/telemetry'
import { SPEED_OF_LIGHT_M_S } from '../domain/model/units'
import { fibreEnvironment } from './fibre-environment'
import type { FibrePlan } from './protocol'
import { modelledRow } from './telemetry-row'
import { worldStart } from './world-start'

const EPOCH_MS = Date.UTC(2017, 8, 29, 12, 0, 10)

function fibrePlan(faults: Partial<Faults> = {}, attacks: Attack[] = []): FibrePlan {
  const end_ms = EPOCH_MS + 60_000
  return {
    kind: 'fibre',
    contactId: 'fibre-test',
    seed: 5,
    exchange: {
      protocol: 'decoy-bb84',
      min_elevation_deg: 10,
      max_range_km: 1200,
      sun_below_deg: -12,
      reconciliation: 'auto',
    },
    security: { eps_sec: 1e-9, eps_cor: 1e-15 },
    times: {
      ...{ start_ms: EPOCH_MS - 5000, aos_ms: EPOCH_MS, exchangeFrom_ms: EPOCH_MS },
      ...{ tca_ms: EPOCH_MS + 30_000, exchangeTo_ms: end_ms, los_ms: end_ms },
    },
    speed: 'max',
    channel: calmChannel,
    faults: { ...noFaults, ...faults },
    attacks,
    payload: referencePayload,
    receiver: referenceStation.receiver,
    length_km: 50,
    attenuation_dB_km: 0.2,
  }
}

describe('a fibre of 50 km at 0.2 dB/km', () => {
  const plan = fibrePlan()
  const environment = fibreEnvironment(plan)
  const setup = worldStart(plan, environment)

  it('has 10 dB and the receiver’s efficiencies in every second', () => {
    const { optics_efficiency, detector_efficiency } = plan.receiver
    const eta = 0.1 * optics_efficiency * detector_efficiency
    for (const value of setup.profile.transmittance) expect(value).toBeCloseTo(eta, 12)
  })

  it('takes 244.8 us, the same in every second: index 1.468 over c', () => {
    for (const range_m of setup.profile.range_m)
      expect((range_m / SPEED_OF_LIGHT_M_S) * 1e6).toBeCloseTo(244.84, 2)
    expect(setup.profile.rangeRate_m_s.some((rate) => rate !== 0)).toBe(false)
  })

  it('has dark counts for its only background', () => {
    expect(new Set(setup.profile.background_Hz)).toEqual(new Set([100]))
  })

  it('covers its window from the epoch on, and a slot more', () => {
    expect(setup.profile.utc_ms[0]).toBe(EPOCH_MS)
    expect(setup.profile.utc_ms.at(-1)).toBeGreaterThanOrEqual(plan.times.exchangeTo_ms + 1000)
  })

  it('expects what its loss gives, without dead time: 5.1 million signals a minute and more', () => {
    const { detections, qber } = environment.expected[10]
    const mean = 0.5 * 0.8 + 0.25 * 0.1
    const gate = 0.9408
    expect(detections / (1e8 * mean * 0.1 * 0.16 * 0.5 * gate)).toBeCloseTo(1, 2)
    expect(qber).toBeGreaterThan(referencePayload.polarisation_error)
  })

  it('leaves the orbit’s columns of telemetry empty', () => {
    const row = modelledRow(environment, 3, 'exchange')
    expect([row.range_km, row.azimuth_deg, row.elevation_deg, row.satellite_light]).toEqual([
      ...[NaN, NaN, NaN, NaN],
    ])
    expect(row.phase).toBe(phases.indexOf('exchange'))
    expect(row.loss_modelled_dB).toBeCloseTo(10 + 10.97 + 0.26, 1)
  })
})

describe('faults and attacks as the world is told', () => {
  const startOf = (faults: Partial<Faults>, attacks: Attack[] = []) => {
    const plan = fibrePlan(faults, attacks)
    return worldStart(plan, fibreEnvironment(plan))
  }

  it('without faults the tagger is 80 ns late and drifts 1e-9; faults add to it', () => {
    expect(startOf({}).taggerClock).toEqual({ offset_s: 80e-9, drift: 1e-9 })
    const { offset_s, drift } = startOf({ clock_offset_ms: 100, clock_drift: 1e-6 }).taggerClock
    expect(offset_s).toBeCloseTo(0.100_000_08, 12)
    expect(drift).toBeCloseTo(1.001e-6, 15)
  })

  it('clouds in seconds from the epoch, lost pulses as their share', () => {
    const cloud = [{ from_utc: '2017-09-29T12:00:20.5Z', to_utc: '2017-09-29T12:00:23Z' }]
    const setup = startOf({ cloud, lost_sync: 0.2 })
    expect(setup.clouds).toEqual([{ from_s: 10.5, to_s: 13 }])
    expect(setup.lostSync).toBe(0.2)
  })

  it('attacks on the quantum channel only; without times they last', () => {
    const { attacks } = startOf({}, [
      { kind: 'tampered-message', fraction: 1 },
      { kind: 'intercept-resend', fraction: 0.3 },
      { kind: 'detector-blinding', fraction: 1, from_utc: '2017-09-29T12:00:15Z' },
    ])
    expect(attacks).toEqual([
      { kind: 'intercept-resend', fraction: 0.3, from_s: -Infinity, to_s: Infinity },
      { kind: 'detector-blinding', fraction: 1, from_s: 5, to_s: Infinity },
    ])
  })
})
