import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isPairSource, pairSourceSchema } from '../domain/model/payload'
import type { ProofName } from '../domain/model/proof'
import type { BasisCounts, PassReport } from '../domain/model/report'
import { emptyTelemetry } from '../domain/model/telemetry'
import { pairKeyLength } from '../domain/qkd/bounds/pair-key'
import { twoBasisKeyLength } from '../domain/qkd/two-basis'
import { PassRecorder } from './recorder'
import { sampleHead, sampleReport, sampleRows, sampleStart_ms } from './sample-pass'
import { verifyKeyLength, verifyRecording } from './verify'

const telemetry = emptyTelemetry(0)
const summary = {
  ...{ path: 'made up', channels: [], messages: 0, from_utc: sampleHead.aos_utc },
  ...{ to_utc: sampleHead.los_utc, complete: true },
}

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
    record({ ...sampleReport(), proof: 'wishful-2030' as ProofName })
    expect((await verifyRecording(path())).key_length.reason).toMatch(/wishful-2030 is not known/)
  })

  it('goes by the recorded bound, not by the one that the mission names', async () => {
    const report = sampleReport()
    const leak = { x: report.terms.x.leak_bits, z: report.terms.z.leak_bits }
    const [{ payload }] = sampleHead.resolved.satellites
    if (isPairSource(payload)) throw new Error('the sample sends weak pulses')
    const { security } = sampleHead.resolved.mission
    const { counts, errors } = report
    const proof = 'eur-variable-2d'
    const { secret_bits } = twoBasisKeyLength(counts, errors, leak, payload, security, proof)
    expect(secret_bits).not.toBe(report.secret_bits)
    record({ ...report, proof, secret_bits })
    expect((await verifyRecording(path())).key_length).toMatchObject({ proof, agrees: true })
    record({ ...report, proof: 'rusca2018' })
    const { agrees, reason } = (await verifyRecording(path())).key_length
    expect(agrees).toBe(false)
    expect(reason).toMatch(/rusca2018.*3 intensities/)
  })

  it('recomputes a block of entangled pairs: test errors are all errors less those of the key', async () => {
    const [satellite] = sampleHead.resolved.satellites
    const source = pairSourceSchema.parse({
      ...satellite.payload,
      pair_rate_Hz: 5.9e6,
      visibility: 0.95,
      onboard: { efficiency: 0.5, dark_count_rate_Hz: 100, timing_jitter_ns: 0.3 },
      coincidence_window_ns: 2,
    })
    const resolved = { ...sampleHead.resolved, satellites: [{ ...satellite, payload: source }] }
    const security = resolved.mission.security
    const proof = 'exact-hypergeometric' as const
    const block = { sifted_bits: 9000, test_bits: 3000, test_errors: 91, leak_bits: 1500 }
    const { secret_bits } = pairKeyLength({ ...block, security, proof })
    expect(secret_bits).toBeGreaterThan(0)
    const errors: BasisCounts = { x: [80, 0, 0], z: [75, 0, 0] }
    const figures = { sifted_bits: 9000, sample_bits: 3000, qber: (91 + 155) / 9000 }
    const report = { ...sampleReport(), ...figures, errors, leak_bits: 1500, proof, secret_bits }
    const recording = { summary, head: { ...sampleHead, resolved }, telemetry, log: [], report }
    expect(verifyKeyLength(recording)).toEqual({
      ...{ proof, recorded_bits: secret_bits, recomputed_bits: secret_bits, agrees: true },
    })
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
