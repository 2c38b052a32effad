/**
 * A recording checked against itself: the key length recomputed from the recorded counts with the bound
 * that the report names, and the hash of every recorded channel message. The hashes stand in the same
 * file, so that they show damage, not forgery.
 */
import { createHash } from 'node:crypto'
import { twoBasisKeyLength } from '../domain/qkd/two-basis'
import type { Recording } from '../domain/model/recording'
import { Collected } from './collected'
import { streamRecords } from './mcap-stream'
import { parseChannel } from './message-parsing'
import { readRecording } from './reader'

export interface KeyLengthCheck {
  proof?: string
  recorded_bits?: number
  recomputed_bits?: number
  agrees: boolean
  reason?: string
}

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

/** Recomputes the key length from the report's counts, errors and leaks. */
export function verifyKeyLength({ head, report }: Recording): KeyLengthCheck {
  if (!report) return { agrees: false, reason: 'the recording ends before the key was distilled' }
  const { proof, counts, errors, terms, secret_bits: recorded_bits } = report
  const payload = head.resolved.satellites.find(
    ({ noradId }) => noradId === head.satellite,
  )?.payload
  if (proof !== 'lim2014' || !payload)
    return { proof, recorded_bits, agrees: false, reason: unknown(proof, head.satellite) }
  const leak = { x: terms.x.leak_bits, z: terms.z.leak_bits }
  const { security } = head.resolved.mission
  const { secret_bits } = twoBasisKeyLength(counts, errors, leak, payload, security)
  const agrees = secret_bits === recorded_bits
  const lengths = { proof, recorded_bits, recomputed_bits: secret_bits, agrees }
  if (agrees) return lengths
  // A pass whose block failed verification has no key, whatever its counts would allow.
  if (!report.verified && recorded_bits === 0)
    return { ...lengths, agrees: true, reason: report.no_key_reason ?? 'not verified' }
  return { ...lengths, reason: 'the recorded counts give another length' }
}

const unknown = (proof: string, satellite: number): string =>
  proof === 'lim2014'
    ? `the head has no payload for satellite ${satellite}`
    : `the bound ${proof} is not known here`

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
