/**
 * An MCAP file written chunk by chunk while it grows (mcap.dev specification, version 0).
 * The library's own writer is asynchronous and leaves the moment of writing to its caller's event loop;
 * here each chunk goes to the file in one synchronous write, so that a process killed at any moment leaves
 * whole chunks. Limit: a write survives the process, but a power cut only from the last sync on.
 */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { McapChunkBuilder, McapRecordBuilder, type McapTypes } from '@mcap/core'
import { RecordingError } from './recording-error'
import { McapSummary } from './mcap-summary'

type Message = McapTypes.Message
type Channel = McapTypes.Channel
type Schema = McapTypes.Schema

export class McapFile {
  private readonly records = new McapRecordBuilder()
  private readonly chunk = new McapChunkBuilder({ useMessageIndex: true })
  private readonly summary = new McapSummary()
  private position = 0
  private dataCrc = 0

  private constructor(
    private readonly path: string,
    private readonly file: number,
  ) {}

  /** Creates the file, with its header and channels already in it. @throws RecordingError. */
  static create(path: string, library: string, schemas: Schema[], channels: Channel[]): McapFile {
    const mcap = new McapFile(path, openNew(path))
    mcap.records.writeMagic()
    mcap.records.writeHeader({ profile: '', library })
    for (const schema of schemas) mcap.records.writeSchema(schema)
    for (const channel of channels) mcap.records.writeChannel(channel)
    mcap.summary.declare(schemas, channels)
    mcap.writeData()
    return mcap
  }

  /** Messages that wait for the next chunk. */
  get waiting(): number {
    return this.chunk.numMessages
  }

  /** Their bytes. */
  get waiting_bytes(): number {
    return this.chunk.byteLength
  }

  /** Adds a message to the open chunk. */
  add(message: Message): void {
    this.chunk.addMessage(message)
    this.summary.count(message)
  }

  /** Closes the chunk and writes it. @throws RecordingError when the disk refuses. */
  flush(): void {
    if (this.chunk.numMessages === 0) return
    const chunkStart = this.position
    const records = this.chunk.buffer
    const times = {
      messageStartTime: this.chunk.messageStartTime,
      messageEndTime: this.chunk.messageEndTime,
    }
    const size = BigInt(records.length)
    const plain = { uncompressedSize: size, uncompressedCrc: crc32(records), compression: '' }
    this.records.writeChunk({ ...times, ...plain, records })
    const chunkLength = this.records.length
    const offsets = this.writeIndexes(chunkStart)
    this.summary.addChunk({
      ...{ ...times, chunkStartOffset: BigInt(chunkStart), chunkLength: BigInt(chunkLength) },
      messageIndexOffsets: offsets,
      messageIndexLength: BigInt(this.records.length - chunkLength),
      ...{ compression: '', compressedSize: size, uncompressedSize: size },
    })
    this.writeData()
    this.chunk.reset()
  }

  /** Makes what was written survive a power cut, as far as the disk keeps its word. */
  sync(): void {
    fdatasyncSync(this.file)
  }

  /** Writes the last chunk, the indexes and the footer, and closes the file. */
  close(): void {
    try {
      this.flush()
      this.records.writeDataEnd({ dataSectionCrc: this.dataCrc })
      this.writeOut()
      this.summary.write(this.records, this.position)
      this.writeOut()
      this.sync()
    } finally {
      closeSync(this.file)
    }
  }

  private writeIndexes(chunkStart: number): Map<number, bigint> {
    const offsets = new Map<number, bigint>()
    for (const index of this.chunk.indices) {
      offsets.set(index.channelId, BigInt(chunkStart + this.records.length))
      this.records.writeMessageIndex(index)
    }
    return offsets
  }

  private writeData(): void {
    this.dataCrc = crc32(this.records.buffer, this.dataCrc)
    this.writeOut()
  }

  private writeOut(): void {
    const bytes = this.records.buffer
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.file, bytes, at)
    } catch (error) {
      throw cannotWrite(this.path, error)
    }
    this.position += bytes.length
    this.records.reset()
  }
}

function openNew(path: string): number {
  try {
    return openSync(path, 'w')
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

const cannotWrite = (path: string, cause: unknown): RecordingError =>
  new RecordingError(
    `Recording to ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`,
    'Make room or choose another folder; what was written so far stays readable.',
    { cause },
  )
