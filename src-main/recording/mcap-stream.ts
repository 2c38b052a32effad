/** Reads an MCAP file from its start to its last whole record, whether or not its end is there. */
import { open, type FileHandle } from 'node:fs/promises'
import { McapConstants, McapStreamReader, type McapTypes } from '@mcap/core'
import { RecordingError } from './recording-error'

const BLOCK_BYTES = 1 << 20
const magic = Uint8Array.from(McapConstants.MCAP_MAGIC)

/** How the reading ended. */
export interface StreamEnd {
  /** False when the file was cut off or damaged; what came before was read. */
  complete: boolean
  /** What stopped the reading, when it was not the end of the file. */
  problem?: string
}

type Listener = (record: McapTypes.TypedMcapRecord) => void

async function openRecording(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new RecordingError(
      `Reading the recording ${path}: ${missing ? 'there is no such file' : String(cause)}.`,
      'Choose a recording (.mcap) that this program wrote.',
      { cause },
    )
  }
}

function checkMagic(path: string, first: Uint8Array): void {
  const head = first.subarray(0, magic.length)
  if (head.length === magic.length && head.every((byte, i) => byte === magic[i])) return
  throw new RecordingError(
    `Reading the recording ${path}: ${first.length === 0 ? 'the file is empty' : 'it is not an MCAP file'}.`,
    'Choose a recording (.mcap) that this program wrote.',
  )
}

/** Hands on what is whole; a damaged record ends the reading, an error of the listener's goes on. */
function take(reader: McapStreamReader, bytes: Uint8Array, listener: Listener): string | undefined {
  reader.append(bytes)
  for (;;) {
    let record: McapTypes.TypedMcapRecord | undefined
    try {
      record = reader.nextRecord()
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
    if (!record) return undefined
    listener(record)
  }
}

/**
 * Streams every whole record to the listener.
 * @throws RecordingError when the file is missing, empty or not MCAP; damage later on is told in the result.
 */
export async function streamRecords(path: string, listener: Listener): Promise<StreamEnd> {
  const file = await openRecording(path)
  try {
    const reader = new McapStreamReader()
    const block = new Uint8Array(BLOCK_BYTES)
    for (let first = true; !reader.done(); first = false) {
      const { bytesRead } = await readBlock(file, path, block)
      if (first) checkMagic(path, block.subarray(0, bytesRead))
      if (bytesRead === 0) break
      const problem = take(reader, block.subarray(0, bytesRead), listener)
      if (problem !== undefined) return { complete: false, problem }
    }
    return { complete: reader.done() }
  } finally {
    await file.close()
  }
}

async function readBlock(
  file: FileHandle,
  path: string,
  block: Uint8Array,
): Promise<{ bytesRead: number }> {
  try {
    return await file.read(block, 0, block.length)
  } catch (cause) {
    throw new RecordingError(
      `Reading the recording ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'Choose a file that can be read.',
      { cause },
    )
  }
}
