import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PassReport } from '../domain/model/report'
import { PassRecorder } from './recorder'
import { sampleHead, sampleReport, sampleRows, sampleStart_ms } from './sample-pass'
import { verifyRecording } from './verify'

let folder = ''
const path = (): string => join(folder, 'pass.mcap')
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'verify-test-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function record(report: PassReport, payload: Uint8Array = randomBytes(40)): void {
  const recorder = PassRecorder.open(path(), sampleHead)
  recorder.telemetry(sampleRows(0, 3))
  const message = { utc_ms: sampleStart_ms, seq: 7, phase: 'sift', kind: 'bases', payload }
  recorder.channelMessage({ ...message, direction: 'bob-to-alice' })
  recorder.report(report)
  recorder.close()
}

describe('verification of a recording', () => {
  it('recomputes the key length from the recorded counts (Lim 2014, to the bit)', async () => {
    const report = sampleReport()
    expect(report.secret_bits).toBeGreaterThan(0)
    record(report)
    expect(await verifyRecording(path())).toMatchObject({
      key_length: { proof: 'lim2014', recomputed_bits: report.secret_bits, agrees: true },
      channel: { messages: 1, mismatched: [], agrees: true },
      ok: true,
    })
  })

  it('finds a length that the counts do not give, and an unknown bound', async () => {
    record({ ...sampleReport(), secret_bits: sampleReport().secret_bits + 1 })
    expect((await verifyRecording(path())).key_length.agrees).toBe(false)
    record({ ...sampleReport(), proof: 'wishful-2030' })
    expect((await verifyRecording(path())).key_length.reason).toMatch(/wishful-2030 is not known/)
  })

  it('accepts no key for a pass that failed verification, and nothing more', async () => {
    const failed = { ...sampleReport(), verified: false, no_key_reason: 'block destroyed' }
    record({ ...failed, secret_bits: 0 })
    expect((await verifyRecording(path())).key_length).toMatchObject({ agrees: true })
    record({ ...failed, secret_bits: 1 })
    expect((await verifyRecording(path())).key_length).toMatchObject({ agrees: false })
  })

  it('finds a channel message whose recorded hash is another', async () => {
    record(sampleReport(), new TextEncoder().encode('announced bases 0101'))
    const bytes = readFileSync(path())
    const at = bytes.indexOf('"sha256":"', bytes.indexOf('"seq":7')) + 10
    bytes[at] = bytes[at] === 0x30 ? 0x31 : 0x30
    // A checksum of zero means "none given" (specification, chunk record).
    const chunk = chunkAround(bytes, at)
    bytes.writeUInt32LE(0, chunk + 9 + 24)
    writeFileSync(path(), bytes)
    expect((await verifyRecording(path())).channel).toMatchObject({
      mismatched: [7],
      agrees: false,
    })
  })
})

/** Offset of the chunk record that holds a byte: records follow each other from the magic on. */
function chunkAround(bytes: Buffer, inside: number): number {
  let at = 8
  for (;;) {
    const next = at + 9 + Number(bytes.readBigUInt64LE(at + 1))
    if (next > inside) return at
    at = next
  }
}
