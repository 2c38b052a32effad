/** Telemetry of one contact as it grows: typed arrays outside reactivity, doubled when full. */
import {
  emptyTelemetry,
  type TelemetryBatch,
  type TelemetryColumn,
  type TelemetryColumns,
} from '@domain/model/telemetry'

const FIRST_ROWS = 1024

/** Appends batches and hands out views of the rows so far; rows are one second of mission time each. */
export class TelemetryBuffer {
  contactId = ''
  rows = 0
  private room = emptyTelemetry(FIRST_ROWS)

  /** Forgets every row and waits for the given contact. */
  reset(contactId: string): void {
    this.contactId = contactId
    this.rows = 0
  }

  /** Adds a batch; one of another contact, or of the same pass flown again, starts anew. */
  append(batch: TelemetryBatch): void {
    const last_ms = this.rows > 0 ? (this.room.utc_ms[this.rows - 1] ?? NaN) : NaN
    const again = (batch.columns.utc_ms[0] ?? NaN) <= last_ms
    if (again || batch.contactId !== this.contactId) this.reset(batch.contactId)
    const added = batch.columns.utc_ms.length
    this.grow(this.rows + added)
    for (const name of columnNames(this.room)) this.room[name].set(batch.columns[name], this.rows)
    this.rows += added
  }

  /** Views of the rows so far; they share memory with the buffer and are not to be kept. */
  columns(): TelemetryColumns {
    return cutColumns(this.room, this.rows)
  }

  private grow(rows: number): void {
    let length = this.room.utc_ms.length
    if (rows <= length) return
    while (length < rows) length *= 2
    const wider = emptyTelemetry(length)
    for (const name of columnNames(wider)) wider[name].set(this.room[name].subarray(0, this.rows))
    this.room = wider
  }
}

const columnNames = (columns: TelemetryColumns): TelemetryColumn[] =>
  Object.keys(columns) as TelemetryColumn[]

/** The first rows of every column, without copying. */
export function cutColumns(columns: TelemetryColumns, rows: number): TelemetryColumns {
  return Object.fromEntries(
    columnNames(columns).map((name) => [name, columns[name].subarray(0, rows)]),
  ) as TelemetryColumns
}

/** How many rows were recorded up to an instant (POSIX ms), by bisection; times ascend. */
export function rowsUntil(utc_ms: Float64Array, instant_ms: number): number {
  let low = 0
  let high = utc_ms.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((utc_ms[middle] ?? Infinity) <= instant_ms) low = middle + 1
    else high = middle
  }
  return low
}
