/** `micius replay`: what a recording holds, whether it agrees with itself, and its tables. */
import { parseArgs } from 'node:util'
import type { Recording } from '../domain/model/recording'
import { exportCsv } from '../recording/export-csv'
import { readRecording } from '../recording/reader'
import { RecordingError } from '../recording/recording-error'
import { verifyRecording, type Verification } from '../recording/verify'
import { refuse, UsageError } from './usage'

const HELP = `micius replay FILE.mcap [--json] [--verify] [--csv DIR]

Reads a recorded pass; a recording cut off is read to its last second.

  --json      print the summary as JSON
  --verify    recompute the key length from the recorded counts and the hashes of the channel's messages
  --csv DIR   write telemetry.csv and log.csv into DIR
  --help      print this

Exit code 0 done, 1 the verification failed, 2 bad usage or not a recording.
`

const OPTIONS = {
  json: { type: 'boolean' },
  verify: { type: 'boolean' },
  csv: { type: 'string' },
  help: { type: 'boolean' },
} as const

function readArguments(argv: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: OPTIONS,
      allowPositionals: true,
    })
    return { ...values, files: positionals }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${message.split('. ')[0]} (see micius replay --help)`)
  }
}

interface ReplayDocument extends Omit<Recording['summary'], 'path'> {
  file: string
  contact: Record<string, string | number | boolean>
  key?: Record<string, unknown>
  verify?: Verification
  written?: string[]
}

function contactOf({ head, log, telemetry }: Recording): ReplayDocument['contact'] {
  const { contactId, mission, seed, satellite, station, aos_utc, tca_utc, los_utc, simulated } =
    head
  const identity = { contactId, mission, seed, satellite, station, simulated }
  const lengths = { telemetry_rows: telemetry.utc_ms.length, log_lines: log.length }
  return { ...identity, aos_utc, tca_utc, los_utc, ...lengths }
}

function documentOf(recording: Recording): ReplayDocument {
  const { path, ...summary } = recording.summary
  const document = { file: path, ...summary, contact: contactOf(recording) }
  return recording.report ? { ...document, key: { ...recording.report } } : document
}

async function replay(file: string, verify: boolean, csv?: string): Promise<ReplayDocument> {
  const recording = await readRecording(file)
  const document = documentOf(recording)
  if (verify) document.verify = await verifyRecording(file)
  if (csv !== undefined) document.written = exportCsv(recording, csv)
  return document
}

function textOf({ file, contact, channels, key, ...rest }: ReplayDocument): string {
  const lines = [
    `${file}: ${rest.messages} messages, ${rest.from_utc} to ${rest.to_utc}, ${rest.complete ? 'complete' : 'cut off, read to its last whole chunk'}`,
    `${contact['mission']}: satellite ${contact['satellite']} over ${contact['station']}`,
    ...channels.map(({ topic, messages, encoding }) => `  ${topic}  ${messages}  ${encoding}`),
    key ? `key: ${key['secret_bits']} secret bits, ${key['proof']}` : 'key: none recorded',
    ...verifyText(rest.verify),
    ...(rest.written ?? []).map((path) => `written: ${path}`),
  ]
  return `${lines.join('\n')}\n`
}

function verifyText(verify?: Verification): string[] {
  if (!verify) return []
  const { key_length, channel } = verify
  const { recorded_bits, recomputed_bits, reason } = key_length
  const lengths = `recorded ${recorded_bits ?? 'none'}, recomputed ${recomputed_bits ?? 'none'} bits`
  return [
    `verify: ${verify.ok ? 'agrees' : 'DOES NOT AGREE'}; ${lengths}${reason ? ` (${reason})` : ''}`,
    `verify: ${channel.messages} channel messages, ${channel.mismatched.length} differ from their hash`,
  ]
}

function only(files: string[]): string {
  const [file, extra] = files
  if (file !== undefined && extra === undefined) return file
  const told =
    file === undefined ? 'FILE.mcap is missing' : `one file is expected, "${extra}" is more`
  throw new UsageError(`${told} (see micius replay --help)`)
}

async function run(argv: string[]): Promise<number> {
  const { files, json, verify = false, csv, help } = readArguments(argv)
  if (help) return write(HELP, 0)
  const document = await replay(only(files), verify, csv)
  const failed = document.verify !== undefined && !document.verify.ok
  if (failed) process.stderr.write(`micius: ${document.file}: the verification failed\n`)
  return write(json ? `${JSON.stringify(document, null, 2)}\n` : textOf(document), failed ? 1 : 0)
}

function write(text: string, exitCode: number): number {
  process.stdout.write(text)
  return exitCode
}

/** Runs `micius replay`. @returns 0 done, 1 the verification failed, 2 bad usage or bad input (one line on standard error). */
export async function replayCommand(argv: string[]): Promise<number> {
  try {
    return await run(argv)
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof RecordingError)) throw error
    return refuse(error.message)
  }
}
