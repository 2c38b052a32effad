/** The whole mission from the command line, as its user runs it; builds first when there is no build. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MissionReport } from '../domain/model/report'
import { KILL_MS, micius, projectRoot as root } from './micius.testing'

const dir = mkdtempSync(join(tmpdir(), 'micius-mission-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const example = join(root, 'resources/missions/xinglong-graz-2016.json')

describe('micius run, example mission (contract; bands of Liao et al. 2017)', () => {
  let report: MissionReport
  beforeAll(async () => {
    const ran = await micius('run', example, '--out', join(dir, 'a'), '--seed', '1', '--json')
    expect(ran.stderr).not.toMatch(/ at .*:\d+:\d+/)
    expect(ran.code).toBe(0)
    report = JSON.parse(ran.stdout) as MissionReport
  }, KILL_MS)

  it('flies the published pass within its bands', () => {
    const [xinglong] = report.passes
    expect(Math.abs(xinglong.detections / 3_551_136 - 1)).toBeLessThan(0.15)
    expect(Math.abs(xinglong.sifted_bits / 1_671_072 - 1)).toBeLessThan(0.15)
    expect(xinglong.qber).toBeGreaterThan(0.008)
    expect(xinglong.qber).toBeLessThan(0.014)
    expect(xinglong.secret_bits).toBeGreaterThan(250_000)
    expect(xinglong.secret_bits).toBeLessThan(420_000)
    expect(report.published.every(({ within }) => within)).toBe(true)
  })

  it('verifies both passes, and reports lengths that add up', () => {
    for (const pass of report.passes) {
      expect(pass.verified).toBe(true)
      expect(pass.terms.x.secret_bits + pass.terms.z.secret_bits).toBe(pass.secret_bits)
      expect(pass.terms.x.leak_bits + pass.terms.z.leak_bits).toBe(pass.leak_bits)
      expect(pass.efficiency_f).toBeGreaterThan(1)
      expect(statSync(pass.recording).size).toBeGreaterThan(1e6)
    }
  })

  it('relays, and sends the picture for exactly its bits', () => {
    const [relay] = report.relays
    const [use] = report.uses
    expect(relay.announced_xor_sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(relay.secret_bits).toBeLessThan(report.passes[1].secret_bits)
    expect(use.ok).toBe(true)
    const bytes = statSync(join(root, 'resources/pictures/picture.png')).size
    expect(use.bits_consumed).toBe(bytes * 8)
  })

  it('writes the same report, an encrypted ledger, and its key for the owner only', () => {
    const written = JSON.parse(readFileSync(join(dir, 'a/report.json'), 'utf8')) as MissionReport
    expect(written).toEqual(report)
    expect(readFileSync(join(dir, 'a/ledger.db')).subarray(0, 6).toString()).not.toBe('SQLite')
    expect(statSync(join(dir, 'a/ledger.rehearsal-key.json')).mode & 0o777).toBe(0o600)
  })

  it('recomputes the key length of a recording from its counts (replay --verify)', async () => {
    const ran = await micius('replay', report.passes[0].recording, '--json', '--verify')
    expect(ran.code).toBe(0)
    expect(ran.stdout).toContain(String(report.passes[0].secret_bits))
  })
})

describe('micius run, changed missions', () => {
  const write = (name: string, change: (mission: Record<string, unknown>) => void): string => {
    const mission = JSON.parse(readFileSync(example, 'utf8')) as Record<string, unknown>
    change(mission)
    const path = join(dir, name)
    writeFileSync(path, JSON.stringify(mission))
    return path
  }

  it(
    'divides the sifted key by about four when the aperture is halved (within 10 %)',
    async () => {
      const change = (aperture_m: number) => (mission: Record<string, unknown>) => {
        mission.stations = [{ id: 'xinglong', receiver: { aperture_m } }, 'graz']
        mission.contacts = (mission.contacts as unknown[]).slice(0, 1)
        mission.requests = []
        mission.uses = []
      }
      const sifted = []
      for (const aperture of [1, 0.5]) {
        const path = write(`aperture-${aperture}.json`, change(aperture))
        const ran = await micius('run', path, '--out', join(dir, `ap${aperture}`), '--json')
        sifted.push((JSON.parse(ran.stdout) as MissionReport).passes[0].sifted_bits)
      }
      expect(sifted[0] / sifted[1]).toBeGreaterThan(3.6)
      expect(sifted[0] / sifted[1]).toBeLessThan(4.4)
    },
    KILL_MS,
  )

  it(
    'refuses a second picture when the key is gone, and consumes nothing for it',
    async () => {
      const path = write('twice.json', (mission) => {
        const use = (mission.uses as unknown[])[0]
        mission.uses = [use, use, use, use]
      })
      const ran = await micius('run', path, '--out', join(dir, 'twice'), '--json')
      const { uses } = JSON.parse(ran.stdout) as MissionReport
      expect(uses.map(({ ok }) => ok)).toEqual([true, true, false, false])
      expect(uses[3].bits_consumed).toBe(0)
      expect(uses[3].reason).toMatch(/bits/)
    },
    KILL_MS,
  )

  it.each([
    ['a missing file', () => 'nowhere.json', /nowhere\.json: there is no such file/],
    ['an unknown field', () => write('u.json', (m) => (m.statoins = [])), /"stations"/],
    [
      'a decayed satellite',
      () =>
        write('d.json', (m) =>
          Object.assign(m.clock as object, {
            start: '2026-03-01T00:00:00Z',
            end: '2026-03-02T00:00:00Z',
          }),
        ),
      /2026-01-25/,
    ],
  ])('refuses %s in one line, exit 2', async (_, path, message) => {
    const { code, stderr, stdout } = await micius('run', path(), '--out', join(dir, 'x'), '--json')
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n').at(-1)).toMatch(message)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})
