/** Every shipped mission but the longest, flown from the command line; weak-pulse passes shortened to their middle. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { MissionReport } from '../domain/model/report'
import { KILL_MS, micius, projectRoot } from './micius.testing'

const dir = mkdtempSync(join(tmpdir(), 'micius-shipped-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Within this range Xinglong's pass lasts about a minute. */
const SHORT_RANGE_KM = 680

interface MissionFile {
  exchange: { max_range_km: number }
  [field: string]: unknown
}

/** Flies a shipped mission after `change`. @returns exit code and report. */
async function fly(id: string, change: (mission: MissionFile) => void = shorten) {
  const text = readFileSync(join(projectRoot, `resources/missions/${id}.json`), 'utf8')
  const mission = JSON.parse(text) as MissionFile
  change(mission)
  const path = join(dir, `${id}.json`)
  writeFileSync(path, JSON.stringify(mission))
  const { code, stdout, stderr } = await micius('run', path, '--out', join(dir, id), '--json')
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as MissionReport
}

function shorten(mission: MissionFile): void {
  mission.exchange.max_range_km = SHORT_RANGE_KM
}

describe('attack drills end with the layer that stopped them (issue: attack drills)', () => {
  it.each([
    ['drill-intercept-resend', 'error rate'],
    ['drill-photon-number-splitting', 'decoy states'],
    ['drill-detector-blinding', 'detector monitoring'],
    ['drill-tampered-message', 'authentication'],
    ['drill-replayed-message', 'authentication'],
    ['drill-fake-station', 'authentication'],
  ])(
    '%s: stopped by %s, without key',
    async (id, layer) => {
      const { passes } = await fly(id)
      expect(passes).toHaveLength(1)
      expect(passes[0].attack).toBe(id.slice('drill-'.length))
      expect(passes[0].stopped_by).toBe(layer)
      expect(passes[0].secret_bits).toBe(0)
    },
    KILL_MS,
  )

  it(
    'intercept-resend of 2 %: the errors rise by half a per cent, and a shorter key stays secret',
    async () => {
      const { passes } = await fly('drill-intercept-resend', (mission) => {
        mission.attacks = [{ kind: 'intercept-resend', fraction: 0.02 }]
      })
      const [pass] = passes
      expect(pass.stopped_by).toBe('privacy amplification')
      expect(pass.secret_bits).toBeGreaterThan(0)
      const sigma = Math.sqrt(0.016 / pass.sifted_bits)
      expect(Math.abs(pass.qber - 0.0113 - 0.02 / 4)).toBeLessThan(5 * sigma + 5e-4)
    },
    KILL_MS,
  )

  it(
    'relay-lie: stopped by the stations’ confirmation; relay-copies: not detectable, and says what helps',
    async () => {
      const lie = await fly('drill-relay-lie', () => undefined)
      expect(lie.relays[0]).toMatchObject({ stopped_by: 'relay confirmation', secret_bits: 0 })
      const copies = await fly('drill-relay-copies', () => undefined)
      expect(copies.relays[0].secret_bits).toBeGreaterThan(0)
      expect(copies.relays[0].not_detectable).toMatch(/e91/)
    },
    KILL_MS,
  )
})

describe('protocols, faults and channels of the shipped missions', () => {
  it.each([
    ['one-decoy-xinglong', 'wiesemann-1d'],
    ['biased-bases-xinglong', 'lim2014'],
  ])(
    '%s: distils, with the bound %s among those shown',
    async (id, bound) => {
      const { passes } = await fly(id, () => undefined)
      expect(passes[0].verified).toBe(true)
      expect(passes[0].bounds.map(({ proof }) => proof)).toContain(bound)
      expect(passes[0].secret_bits).toBeGreaterThan(0)
    },
    KILL_MS,
  )

  it(
    'faults-xinglong: 20 % lost sync, 1e-6 drift, 100 ms offset and a cloud cost no error rate',
    async () => {
      const { passes } = await fly('faults-xinglong', () => undefined)
      expect(passes[0].qber).toBeLessThan(0.014)
      expect(passes[0].secret_bits).toBeGreaterThan(0)
    },
    KILL_MS,
  )

  it(
    'ldpc-slow-channel: LDPC is chosen for a round trip of 240 ms, and its waiting is counted',
    async () => {
      const { passes } = await fly('ldpc-slow-channel')
      const [{ reconciliation, efficiency_f }] = passes
      expect(reconciliation.method).toBe('ldpc')
      expect(reconciliation.why).toMatch(/240 ms/)
      expect(reconciliation.waiting_s).toBeGreaterThan(0.24)
      expect(reconciliation.waiting_s).toBeLessThan(30)
      expect(efficiency_f).toBeLessThan(1.35)
    },
    KILL_MS,
  )
})
