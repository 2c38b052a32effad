/** What stands on the scrub strip: phases, events, and the shape of the sifted rate. */
import type { LogEntry, Status } from '@domain/model/alarm'
import type { Recording } from '@domain/model/recording'
import { phases, type Phase, type TelemetryColumns } from '@domain/model/telemetry'
import { liveMessages } from '../messages'

export interface PhaseSpan {
  phase: Phase
  from_ms: number
  to_ms: number
}

/** Stretches of one phase each, in time order. */
export function phaseSpans({ utc_ms, phase }: TelemetryColumns): PhaseSpan[] {
  const spans: PhaseSpan[] = []
  for (let row = 0; row < utc_ms.length; row += 1) {
    const name = phases[phase[row] ?? NaN]
    const at = utc_ms[row] ?? NaN
    const last = spans.at(-1)
    if (last) last.to_ms = at
    if (name && name !== last?.phase) spans.push({ phase: name, from_ms: at, to_ms: at })
  }
  return spans
}

/** A filled shape of the sifted rate over time, its peak as high as the lane. */
export function silhouette(
  { utc_ms, sifted_bits }: TelemetryColumns,
  xOf: (utc_ms: number) => number,
  height: number,
): string {
  const peak = sifted_bits.reduce((most, value) => (value > most ? value : most), 0)
  if (!(peak > 0)) return ''
  const steps: string[] = []
  let open = false
  for (let row = 0; row < utc_ms.length; row += 1) {
    const value = sifted_bits[row] ?? NaN
    const x = xOf(utc_ms[row] ?? NaN).toFixed(1)
    if (Number.isNaN(value)) {
      if (open) steps.push(`V${height}Z`)
      open = false
      continue
    }
    const y = (height * (1 - (0.9 * value) / peak)).toFixed(1)
    steps.push(open ? `L${x} ${y}` : `M${x} ${height}L${x} ${y}`)
    open = true
  }
  return steps.join('') + (open ? `V${height}Z` : '')
}

export interface EventMark {
  utc_ms: number
  text: string
  status?: Status
  x: number
  /** Width for its words, px. */
  room: number
  named: boolean
}

/** Mean width of a letter of the strip's 11 px words. */
const LETTER_PX = 6
const MOST_ROOM_PX = 150

/** Events of the pass and its log; of the log, what asks for attention is named first, then routine. */
export function eventMarks(
  recording: Recording | null,
  xOf: (utc_ms: number) => number,
  width: number,
): EventMark[] {
  if (!recording || width <= 0) return []
  const { sky } = liveMessages
  const { head } = recording
  const fixed: LogEntry[] = [
    { utc_ms: Date.parse(head.aos_utc), text: sky.aos },
    { utc_ms: Date.parse(head.tca_utc), text: sky.tca },
    { utc_ms: Date.parse(head.los_utc), text: sky.los },
  ]
  const near = (entry: LogEntry): boolean =>
    fixed.some(({ utc_ms }) => Math.abs(utc_ms - entry.utc_ms) < 2000)
  const events = [...fixed, ...recording.log.filter((entry) => !near(entry))]
  const marks = events
    .map((entry) => ({ ...entry, x: xOf(entry.utc_ms), room: roomOf(entry.text), named: false }))
    .filter(({ x }) => x >= 0 && x <= width)
  return named(marks, fixed.length, width)
}

const roomOf = (text: string): number => Math.min(MOST_ROOM_PX, text.length * LETTER_PX + 12)

/** Names a mark where its words meet no other's; the rest are dots with a tooltip. */
function named(marks: EventMark[], first: number, width: number): EventMark[] {
  const placed: EventMark[] = []
  const urgent = marks.filter((mark) => mark.status && mark.status !== 'normal')
  const plain = marks.slice(first).filter((mark) => !mark.status)
  for (const mark of [...marks.slice(0, first), ...urgent, ...plain, ...marks.slice(first)]) {
    const inside = mark.x > mark.room / 2 && mark.x < width - mark.room / 2
    const free = placed.every((other) => Math.abs(other.x - mark.x) >= (other.room + mark.room) / 2)
    if (!mark.named && inside && free) {
      mark.named = true
      placed.push(mark)
    }
  }
  return marks.sort((a, b) => a.utc_ms - b.utc_ms)
}
