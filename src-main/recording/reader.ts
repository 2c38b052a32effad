/** Recordings read back for replay, whole or cut off. */
import type { LogEntry } from '../domain/model/alarm'
import type { Recording, RecordingHead } from '../domain/model/recording'
import type { PassReport } from '../domain/model/report'
import { Collected } from './collected'
import { streamRecords, type StreamEnd } from './mcap-stream'
import { columnsOf, parseHead, parseLog, parseReport, parseRow } from './message-parsing'
import { RecordingError } from './recording-error'
import { topics } from './schemas'

function noHead(path: string, found: string[], end: StreamEnd): RecordingError {
  const ours = found.includes(topics.head.topic) && found.includes(topics.telemetry.topic)
  const listed = found.length > 0 ? `its topics are ${found.join(', ')}` : 'it has no topics'
  const why = end.problem === undefined ? listed : `${listed}; ${end.problem}`
  const what = ours
    ? 'it was cut off or damaged before anything was recorded'
    : `it is an MCAP file but not a recording of this program (${why})`
  return new RecordingError(
    `Reading the recording ${path}: ${what}.`,
    'Choose a recording (.mcap) that this program wrote.',
  )
}

/**
 * Reads a whole recording; a file cut off is read to its last whole record and marked incomplete.
 * @throws RecordingError when it is missing, empty, not MCAP or not a recording of this program.
 */
export async function readRecording(path: string): Promise<Recording> {
  const rows: Record<string, number | null>[] = []
  const log: LogEntry[] = []
  let head: RecordingHead | undefined
  let report: PassReport | undefined
  const collected = new Collected((name, { data }) => {
    if (name === 'head') head ??= parseHead(path, data)
    else if (name === 'telemetry') rows.push(parseRow(path, data))
    else if (name === 'log') log.push(parseLog(path, data))
    else if (name === 'report') report = parseReport(path, data)
  })
  const end = await streamRecords(path, (record) => collected.record(record))
  if (!head) throw noHead(path, collected.topics, end)
  const summary = collected.summary(path, end.complete)
  const recording = { summary, head, telemetry: columnsOf(rows), log }
  return report ? { ...recording, report } : recording
}
