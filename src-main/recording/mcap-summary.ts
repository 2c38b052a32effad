/** The summary section of an MCAP file: what lets a reader seek without reading it all. */
import { crc32 } from 'node:zlib'
import { McapConstants, type McapRecordBuilder, type McapTypes } from '@mcap/core'

const { Opcode } = McapConstants
/** Opcode, length, and the two offsets before the checksum of a footer record. */
const FOOTER_BEFORE_CRC_BYTES = 1 + 8 + 8 + 8

export class McapSummary {
  private schemas: McapTypes.Schema[] = []
  private channels: McapTypes.Channel[] = []
  private readonly chunks: McapTypes.ChunkIndex[] = []
  private readonly counts = new Map<number, bigint>()
  private messages = 0n
  private start = 0n
  private end = 0n

  /** Notes what stands at the head of the file. */
  declare(schemas: McapTypes.Schema[], channels: McapTypes.Channel[]): void {
    this.schemas = schemas
    this.channels = channels
  }

  /** Counts a message. */
  count({ channelId, logTime }: McapTypes.Message): void {
    if (this.messages === 0n || logTime < this.start) this.start = logTime
    if (this.messages === 0n || logTime > this.end) this.end = logTime
    this.messages += 1n
    this.counts.set(channelId, (this.counts.get(channelId) ?? 0n) + 1n)
  }

  /** Notes a chunk that was written. */
  addChunk(index: McapTypes.ChunkIndex): void {
    this.chunks.push(index)
  }

  /** Appends summary, offsets, footer and magic to an empty record buffer that begins at `position`. */
  write(records: McapRecordBuilder, position: number): void {
    const offsets = this.groups(records, position)
    const offsetStart = position + records.length
    for (const offset of offsets) records.writeSummaryOffset(offset)
    const start = { summaryStart: BigInt(position), summaryOffsetStart: BigInt(offsetStart) }
    const summaryCrc = crc32(footerStart(start), crc32(records.buffer))
    records.writeFooter({ ...start, summaryCrc })
    records.writeMagic()
  }

  private groups(records: McapRecordBuilder, position: number): McapTypes.SummaryOffset[] {
    const offsets: McapTypes.SummaryOffset[] = []
    const group = (groupOpcode: number, write: () => void) => {
      const start = records.length
      write()
      if (records.length === start) return
      const groupLength = BigInt(records.length - start)
      offsets.push({ groupOpcode, groupStart: BigInt(position + start), groupLength })
    }
    group(Opcode.SCHEMA, () => this.schemas.forEach((schema) => records.writeSchema(schema)))
    group(Opcode.CHANNEL, () => this.channels.forEach((channel) => records.writeChannel(channel)))
    group(Opcode.STATISTICS, () => records.writeStatistics(this.statistics()))
    group(Opcode.CHUNK_INDEX, () => this.chunks.forEach((chunk) => records.writeChunkIndex(chunk)))
    return offsets
  }

  private statistics(): McapTypes.Statistics {
    return {
      messageCount: this.messages,
      schemaCount: this.schemas.length,
      channelCount: this.channels.length,
      ...{ attachmentCount: 0, metadataCount: 0, chunkCount: this.chunks.length },
      ...{ messageStartTime: this.start, messageEndTime: this.end },
      channelMessageCounts: this.counts,
    }
  }
}

function footerStart(start: { summaryStart: bigint; summaryOffsetStart: bigint }): Uint8Array {
  const bytes = new Uint8Array(FOOTER_BEFORE_CRC_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, Opcode.FOOTER)
  view.setBigUint64(1, 20n, true)
  view.setBigUint64(9, start.summaryStart, true)
  view.setBigUint64(17, start.summaryOffsetStart, true)
  return bytes
}
