/**
 * A recording checked against itself: the key length recomputed from the recorded counts with the bound
 * that the report names, and the hash of every recorded channel message. The hashes stand in the same
 * file, so that they show damage, not forgery.
 */
import { createHash } from 'node:crypto'
import { Collected } from './collected'
import { streamRecords } from './mcap-stream'
import { parseChannel } from './message-parsing'
import { readRecording } from './reader'
import { verifyKeyLength, type KeyLengthCheck } from './verify-key-length'

export { verifyKeyLength, type KeyLengthCheck }

export interface ChannelCheck {
  messages: number
  /** Sequence numbers whose payload is missing or does not have the recorded hash. */
  mismatched: number[]
  agrees: boolean
}

export interface Verification {
  key_length: KeyLengthCheck
  channel: ChannelCheck
  complete: boolean
  ok: boolean
}

/** Hashes every payload and compares with what was noted when it was sent. @throws RecordingError. */
export async function verifyChannel(path: string): Promise<ChannelCheck> {
  const noted = new Map<number, { seq: number; bytes: number; sha256: string }>()
  let messages = 0
  const mismatched: number[] = []
  const collected = new Collected((name, { sequence, data }) => {
    if (name === 'channel') {
      messages++
      noted.set(sequence, parseChannel(path, data))
    } else if (name === 'payload') {
      const note = noted.get(sequence)
      noted.delete(sequence)
      const sha256 = createHash('sha256').update(data).digest('hex')
      if (note?.sha256 !== sha256 || note.bytes !== data.length)
        mismatched.push(note?.seq ?? sequence)
    }
  })
  await streamRecords(path, (record) => collected.record(record))
  mismatched.push(...[...noted.values()].map(({ seq }) => seq))
  return { messages, mismatched, agrees: mismatched.length === 0 }
}

/** Both checks of one file. @throws RecordingError when the file is no recording. */
export async function verifyRecording(path: string): Promise<Verification> {
  const recording = await readRecording(path)
  const key_length = verifyKeyLength(recording)
  const channel = await verifyChannel(path)
  const { complete } = recording.summary
  return { key_length, channel, complete, ok: key_length.agrees && channel.agrees && complete }
}
