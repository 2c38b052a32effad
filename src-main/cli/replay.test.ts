import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PassReport } from '../domain/model/report'
import { PassRecorder } from '../recording/recorder'
import { sampleHead, sampleReport, sampleRows, sampleStart_ms } from '../recording/sample-pass'
import { replayCommand } from './replay'

let folder = ''
const path = (): string => join(folder, 'pass.mcap')
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'replay-test-'))))
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

function record(report: PassReport): void {
  const recorder = PassRecorder.open(path(), sampleHead)
  recorder.telemetry(sampleRows(0, 3))
  recorder.log({ utc_ms: sampleStart_ms, text: 'held, "wind"\nresumed', status: 'caution' })
  const message = { utc_ms: sampleStart_ms, seq: 7, phase: 'sift', kind: 'bases' }
  recorder.channelMessage({ ...message, direction: 'bob-to-alice', payload: Uint8Array.of(1) })
  recorder.report(report)
  recorder.close()
}

async function replay(...argv: string[]): Promise<{ exit: number; out: string; err: string }> {
  let [out, err] = ['', '']
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true))
  const exit = await replayCommand(argv)
  vi.restoreAllMocks()
  return { exit, out, err }
}

describe('micius replay', () => {
  it('prints one document with channels, counts, times, key figures and the verification', async () => {
    record(sampleReport())
    const { exit, out, err } = await replay(path(), '--json', '--verify')
    expect([exit, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({
      messages: 8,
      complete: true,
      from_utc: '2016-12-19T16:48:00.000Z',
      key: { secret_bits: sampleReport().secret_bits, proof: 'lim2014' },
      verify: { ok: true },
    })
    expect((await replay(path())).out).toContain('/telemetry  3  json')
  })

  it('exits 1 when the verification fails, 2 with one line on bad usage or input', async () => {
    record({ ...sampleReport(), secret_bits: 5 })
    expect((await replay(path(), '--verify')).exit).toBe(1)
    writeFileSync(join(folder, 'empty.mcap'), '')
    for (const argv of [
      [],
      [path(), path()],
      [path(), '--parquet', folder],
      [join(folder, 'none.mcap')],
      [join(folder, 'empty.mcap'), '--json'],
      [path(), '--csv', path()],
    ]) {
      const { exit, out, err } = await replay(...argv)
      expect([exit, out, err.trimEnd().split('\n').length], argv.join(' ')).toEqual([2, '', 1])
      expect(err).toMatch(/^micius: .*[.)]\n$/)
    }
  })

  it('exports tables as RFC 4180 says: CRLF, quotes doubled, units in headers, ISO UTC', async () => {
    record(sampleReport())
    const csv = join(folder, 'tables')
    const { exit, out } = await replay(path(), '--json', '--csv', csv)
    expect(exit).toBe(0)
    expect((JSON.parse(out) as { written: string[] }).written).toHaveLength(2)
    const lines = readFileSync(join(csv, 'telemetry.csv'), 'utf8').split('\r\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toMatch(/^utc,phase,azimuth_deg,elevation_deg,range_km,/)
    expect(lines[1]).toMatch(/^2016-12-19T16:50:00\.000Z,exchange,,/)
    expect(readFileSync(join(csv, 'log.csv'), 'utf8')).toBe(
      'utc,status,text\r\n2016-12-19T16:50:00.000Z,caution,"held, ""wind""\nresumed"\r\n',
    )
  })
})
