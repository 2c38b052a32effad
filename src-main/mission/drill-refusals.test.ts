import { describe, expect, it } from 'vitest'
import { calmChannel, noFaults, type AttackKind } from '../domain/model/conditions'
import type { PairSource } from '../domain/model/payload'
import { flagshipElements, xinglong } from '../domain/plan/flagship.testing'
import type { PairPlan } from '../engine/protocol'
import { refuseUnmodelled } from './drill'

const source: PairSource = {
  ...{ id: 'pairs', name: 'Pairs', wavelength_nm: 810, sync_rate_Hz: 10_000 },
  ...{ divergence_urad: 10, pointing_jitter_urad: 1.2 },
  ...{ pair_rate_Hz: 8e5, visibility: 0.98, coincidence_window_ns: 2.5 },
  onboard: { efficiency: 0.2, dark_count_rate_Hz: 500, timing_jitter_ns: 0.3 },
}

const planWith = (kind: AttackKind): PairPlan => ({
  ...{ kind: 'pair', contactId: 'short', seed: 1, elements: flagshipElements, source },
  ...{ alice: null, bob: xinglong, security: { eps_sec: 1e-9, eps_cor: 1e-15 } },
  exchange: {
    ...{ protocol: 'bbm92', reconciliation: 'cascade' },
    ...{ min_elevation_deg: 10, max_range_km: 1200, sun_below_deg: -12 },
  },
  times: { start_ms: 0, aos_ms: 1, exchangeFrom_ms: 2, tca_ms: 3, exchangeTo_ms: 4, los_ms: 5 },
  ...{ speed: 'max', channel: calmChannel, faults: noFaults, attacks: [{ kind, fraction: 1 }] },
})

describe('drills on links of entangled pairs', () => {
  it.each(['photon-number-splitting', 'detector-blinding'] as const)('%s is refused', (kind) => {
    expect(() => refuseUnmodelled(planWith(kind))).toThrow(
      `Planning short: the drill ${kind} is not modelled on pair links`,
    )
  })

  it.each(['intercept-resend', 'fake-station', 'tampered-message'] as const)('%s flies', (kind) => {
    expect(() => refuseUnmodelled(planWith(kind))).not.toThrow()
  })
})
