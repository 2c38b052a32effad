/** Collects telemetry rows and hands them out in batches, ten a wall second at most. */
import {
  emptyTelemetry,
  type TelemetryBatch,
  type TelemetryColumn,
  type TelemetryColumns,
} from '../domain/model/telemetry'
import type { Row } from './telemetry-row'

const BATCH_WALL_MS = 100

export class TelemetryLog {
  private rows: Row[] = []
  private flushed_ms = -Infinity

  constructor(
    private readonly contactId: string,
    private readonly emit: (batch: TelemetryBatch) => void,
    private readonly wall_ms: () => number = () => performance.now(),
  ) {}

  /** Adds a row; hands out all that wait when the last batch is old enough. */
  push(row: Row): void {
    this.rows.push(row)
    if (this.wall_ms() - this.flushed_ms >= BATCH_WALL_MS) this.flush()
  }

  /** Hands out what waits. */
  flush(): void {
    if (this.rows.length === 0) return
    const columns = emptyTelemetry(this.rows.length)
    for (const name of Object.keys(columns) as TelemetryColumn[])
      this.rows.forEach((row, i) => (columns[name][i] = row[name]))
    this.rows = []
    this.flushed_ms = this.wall_ms()
    this.emit({ contactId: this.contactId, columns: columns satisfies TelemetryColumns })
  }
}
