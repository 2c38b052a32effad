/** Groups the lines of a TLE or 3LE file into records, keeping the good ones among the bad. */
import type { ReadRecord } from './reading'
import { readTle } from './tle'

/** `1` and `2` are data lines; anything else that is not blank names what follows. */
type Kind = '1' | '2' | 'name'
interface Line {
  number: number
  text: string
  kind: Kind
}

/** A data line opens with its number, a blank and five columns of a catalogue number. */
function kindOf(text: string): Kind {
  const data = /^([12]) [ 0-9A-Z][ 0-9]{3}[0-9]/.exec(text)
  return data ? (data[1] as '1' | '2') : 'name'
}

/** `0 NAME` is the 3LE spelling of a name line. */
const nameOf = (line: Line | undefined): string => line?.text.replace(/^0 /, '').trim() ?? ''

function fileLines(text: string): Line[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, text: line.trimEnd(), kind: kindOf(line) }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'))
}

function place(lines: Line[], name: string): string {
  const [first, last] = [lines[0], lines[lines.length - 1]]
  const range = first === last ? `line ${first?.number}` : `lines ${first?.number}-${last?.number}`
  const data = lines.find((line) => line.kind !== 'name')
  return `${range} (${name || data?.text.slice(2, 7).trim() || first?.text.slice(0, 24)})`
}

/** An unbroken run of data lines that opens with a 2 and closes with a 1 has its pairs swapped. */
function isSwapped(lines: Line[], at: number): boolean {
  let end = at
  while (end < lines.length && lines[end]?.kind !== 'name') end += 1
  return lines[end - 1]?.kind === '1'
}

/** How many data lines from `at` make one record, and why they are no set. */
function shapeAt(lines: Line[], at: number): { count: number; reason?: string } {
  const [first, second] = [lines[at]?.kind, lines[at + 1]?.kind]
  if (first === '1' && second === '2') return { count: 2 }
  if (first === '2' && second === '1' && isSwapped(lines, at)) return { count: 2 }
  if (first === '1') return { count: 1, reason: 'line 1 is not followed by its line 2' }
  if (first === '2') return { count: 1, reason: 'line 2 has no line 1 before it' }
  return { count: 0, reason: 'this line is no part of an element set: no line 1 follows it' }
}

function takeRecord(lines: Line[], at: number): { used: number; found: ReadRecord } {
  const named = lines[at]?.kind === 'name' ? 1 : 0
  const shape = shapeAt(lines, at + named)
  const used = Math.max(1, named + shape.count)
  const taken = lines.slice(at, at + used)
  const name = named ? nameOf(taken[0]) : ''
  const [line1, line2] = taken.slice(named)
  const reading =
    shape.reason !== undefined || !line1 || !line2
      ? { reasons: [shape.reason ?? 'the set is cut off'] }
      : readTle(line1.text, line2.text, name)
  return { used, found: { record: place(taken, name), reading } }
}

/**
 * Reads every set of a TLE or 3LE file; CRLF, blank lines and `#` lines are allowed. Never throws.
 * @returns one reading per record in the file's order; empty when no line is a TLE line.
 */
export function readTleFile(text: string): ReadRecord[] {
  const lines = fileLines(text)
  if (lines.every((line) => line.kind === 'name')) return []
  const found: ReadRecord[] = []
  for (let at = 0; at < lines.length;) {
    const record = takeRecord(lines, at)
    found.push(record.found)
    at += record.used
  }
  return found
}
