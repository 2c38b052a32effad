import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { McapIndexedReader, McapRecordBuilder, McapStreamReader, type McapTypes } from '@mcap/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRecording } from './reader'
import { PassRecorder } from './recorder'
import { RecordingError } from './recording-error'
import { sampleHead, sampleReport, sampleRows, sampleStart_ms } from './sample-pass'
import { topics } from './schemas'

let folder = ''
const path = (): string => join(folder, 'pass.mcap')
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'recording-test-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function record(seconds = 5): void {
  const recorder = PassRecorder.open(path(), sampleHead)
  for (let s = 0; s < seconds; s++) {
    recorder.telemetry(sampleRows(s, 1))
    const utc_ms = sampleStart_ms + s * 1000 + 0.25
    const common = { utc_ms, phase: 'sift', kind: 'bases' }
    recorder.channelMessage({
      ...common,
      seq: s,
      direction: 'alice-to-bob',
      payload: randomBytes(99),
    })
  }
  recorder.log({ utc_ms: sampleStart_ms, text: 'exchange', status: 'normal' })
  recorder.report(sampleReport())
  recorder.close()
  recorder.close()
}

async function withIndexedReader<T>(use: (reader: McapIndexedReader) => Promise<T>): Promise<T> {
  const file = await open(path(), 'r')
  const readable: McapTypes.IReadable = {
    size: async () => BigInt((await file.stat()).size),
    read: async (offset, length) => {
      const bytes = new Uint8Array(Number(length))
      await file.read(bytes, 0, bytes.length, Number(offset))
      return bytes
    },
  }
  try {
    return await use(await McapIndexedReader.Initialize({ readable }))
  } finally {
    await file.close()
  }
}

describe('a whole recording', () => {
  it('opens with the indexed reader of @mcap/core: header, schemas, statistics, seek by time', async () => {
    record()
    await withIndexedReader(async (reader) => {
      expect(reader.header).toMatchObject({ profile: '', library: 'micius-mission-control' })
      expect(reader.statistics?.messageCount).toBe(1n + 5n + 1n + 5n + 5n + 1n)
      expect(reader.chunkIndexes.length).toBeGreaterThan(2)
      for (const schema of reader.schemasById.values()) {
        expect(schema.encoding).toBe('jsonschema')
        const parsed = JSON.parse(new TextDecoder().decode(schema.data)) as Record<string, unknown>
        expect(parsed).toMatchObject({
          type: 'object',
          $schema: expect.stringContaining('json-schema'),
        })
        expect(Object.keys(parsed['properties'] as object)).toEqual(
          expect.arrayContaining(parsed['required'] as string[]),
        )
      }
      const startTime = BigInt(sampleStart_ms + 2000) * 1_000_000n
      const rows: unknown[] = []
      for await (const message of reader.readMessages({ topics: ['/telemetry'], startTime }))
        rows.push(JSON.parse(new TextDecoder().decode(message.data)))
      expect(rows).toHaveLength(3)
      expect(rows[0]).toMatchObject({ detections: 13_000, loss_measured_dB: null, phase: 4 })
    })
  })

  it('opens with the stream reader of @mcap/core, checksums on, to its footer', () => {
    record()
    const reader = new McapStreamReader({ validateCrcs: true })
    reader.append(readFileSync(path()))
    const seen = new Map<number, number>()
    for (let r = reader.nextRecord(); r; r = reader.nextRecord())
      if (r.type === 'Message') seen.set(r.channelId, (seen.get(r.channelId) ?? 0) + 1)
    expect(reader.done()).toBe(true)
    expect([...seen.values()]).toEqual([1, 5, 5, 5, 1, 1])
  })

  it('has checksums of data and summary that a strict reader recomputes (specification, crc32)', () => {
    record()
    const bytes = readFileSync(path())
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const footer = bytes.length - 8 - 20
    const summaryStart = Number(view.getBigUint64(footer, true))
    const dataEnd = summaryStart - 13
    expect(view.getUint8(dataEnd)).toBe(0x0f)
    expect(view.getUint32(dataEnd + 9, true)).toBe(crcBitByBit(bytes.subarray(0, dataEnd)))
    expect(view.getUint32(footer + 16, true)).toBe(
      crcBitByBit(bytes.subarray(summaryStart, footer + 16)),
    )
  })

  it('reads back what was recorded', async () => {
    record()
    const recording = await readRecording(path())
    expect(recording.head).toEqual(sampleHead)
    expect(recording.report).toEqual(sampleReport())
    expect([...recording.telemetry.detections]).toEqual(Array(5).fill(13_000))
    expect(recording.telemetry.range_km).toEqual(new Float64Array(5).fill(NaN))
    expect(recording.log).toEqual([{ utc_ms: sampleStart_ms, text: 'exchange', status: 'normal' }])
    expect(recording.summary).toMatchObject({ complete: true, messages: 18 })
    expect(recording.summary.from_utc).toBe('2016-12-19T16:48:00.000Z')
    expect(recording.summary.channels.map(({ topic }) => topic)).toEqual(
      Object.values(topics).map(({ topic }) => topic),
    )
  })
})

describe('bad times', () => {
  it('one bad timestamp neither stops the recording nor stretches its time range', async () => {
    const recorder = PassRecorder.open(path(), sampleHead)
    recorder.telemetry(sampleRows(0, 1))
    for (const utc_ms of [NaN, Infinity, -1, 1e300, 0, 4e12]) recorder.log({ utc_ms, text: 'odd' })
    const odd = sampleRows(1, 1)
    odd.utc_ms[0] = NaN
    recorder.telemetry(odd)
    recorder.telemetry(sampleRows(2, 1))
    recorder.close()
    const { summary, log, telemetry } = await readRecording(path())
    expect(summary).toMatchObject({ complete: true, to_utc: '2016-12-19T16:50:02.000Z' })
    expect(log).toHaveLength(6)
    expect(telemetry.utc_ms[1]).toBeNaN()
    await withIndexedReader(async (reader) => {
      const times: bigint[] = []
      for await (const message of reader.readMessages()) times.push(message.logTime)
      expect(times).toHaveLength(10)
    })
  })

  it('a head without usable times still records', async () => {
    const recorder = PassRecorder.open(path(), { ...sampleHead, aos_utc: 'soon', los_utc: '' })
    recorder.telemetry(sampleRows(0, 2))
    recorder.close()
    expect((await readRecording(path())).telemetry.utc_ms).toHaveLength(2)
  })
})

describe('files that are cut off or not ours', () => {
  it('reads every cut of a file to its last whole chunk, or says that nothing is there', async () => {
    record(3)
    const whole = readFileSync(path())
    const rows: number[] = []
    for (let at = whole.length - 1; at > 0; at -= Math.ceil(whole.length / 60)) {
      truncateSync(path(), at)
      try {
        const { summary, telemetry } = await readRecording(path())
        expect(summary.complete).toBe(false)
        rows.push(telemetry.utc_ms.length)
      } catch (error) {
        expect(error).toBeInstanceOf(RecordingError)
        rows.push(0)
      }
    }
    expect(rows).toEqual([...rows].sort((a, b) => b - a))
    expect([rows[0], rows.at(-1)]).toEqual([3, 0])
  })

  it('a flipped byte in the middle keeps what stands before it', async () => {
    record(4)
    const bytes = readFileSync(path())
    const at = bytes.lastIndexOf('"exchange"')
    bytes[at + 1] = 0x58
    writeFileSync(path(), bytes)
    const { summary, telemetry, report } = await readRecording(path())
    expect(summary.complete).toBe(false)
    expect(telemetry.utc_ms.length).toBeGreaterThan(0)
    expect(report).toBeUndefined()
  })

  it('names an empty file, a missing one, a folder, text and a foreign MCAP', async () => {
    const says = (text: RegExp) => expect(readRecording(path())).rejects.toThrow(text)
    await says(/there is no such file/)
    writeFileSync(path(), '')
    await says(/pass\.mcap: the file is empty\. Choose a recording/)
    writeFileSync(path(), 'PNG or something')
    await says(/not an MCAP file/)
    await expect(readRecording(folder)).rejects.toThrow(RecordingError)
    const builder = new McapRecordBuilder()
    builder.writeMagic()
    builder.writeHeader({ profile: 'ros2', library: 'other' })
    const channel = {
      id: 1,
      schemaId: 0,
      topic: '/imu',
      messageEncoding: 'cdr',
      metadata: new Map(),
    }
    builder.writeChannel(channel)
    const time = 2n ** 64n - 1n
    builder.writeMessage({
      channelId: 1,
      sequence: 0,
      logTime: time,
      publishTime: time,
      data: Uint8Array.of(1),
    })
    writeFileSync(path(), builder.buffer)
    await says(/not a recording of this program \(its topics are \/imu\)/)
    builder.writeChannel({ ...channel, id: 2, topic: '/head' })
    const data = new TextEncoder().encode('{"head":1}')
    builder.writeMessage({ channelId: 2, sequence: 0, logTime: 0n, publishTime: 0n, data })
    writeFileSync(path(), builder.buffer)
    await says(/a \/head message is not this program's \(field contactId/)
  })

  it('says that it cannot write', () => {
    expect(() => PassRecorder.open(join(folder, 'no', 'pass.mcap'), sampleHead)).toThrow(
      /Recording to/,
    )
  })
})

/** CRC-32 of ISO 3309, bit by bit, independent of the library's and zlib's. */
function crcBitByBit(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
