import { describe, expect, it } from 'vitest'
import { emptyTelemetry } from '@domain/model/telemetry'
import { cutColumns, rowsUntil, TelemetryBuffer } from './telemetry-buffer'

function batch(contactId: string, from: number, rows: number) {
  const columns = emptyTelemetry(rows)
  for (let row = 0; row < rows; row += 1) columns.utc_ms[row] = (from + row) * 1000
  return { contactId, columns }
}

describe('TelemetryBuffer', () => {
  it('keeps every row in order while it outgrows its first room (exact)', () => {
    const buffer = new TelemetryBuffer()
    for (let part = 0; part < 30; part += 1) buffer.append(batch('a', part * 100, 100))
    const { utc_ms, tags } = buffer.columns()
    expect(utc_ms.length).toBe(3000)
    expect(Array.from(utc_ms)).toEqual(Array.from({ length: 3000 }, (_, row) => row * 1000))
    expect(tags.every(Number.isNaN)).toBe(true)
  })

  it('starts anew when another contact speaks', () => {
    const buffer = new TelemetryBuffer()
    buffer.append(batch('a', 0, 5))
    buffer.append(batch('b', 50, 2))
    expect(Array.from(buffer.columns().utc_ms)).toEqual([50_000, 51_000])
  })

  it('starts anew when the same pass is flown again, since its time goes back', () => {
    const buffer = new TelemetryBuffer()
    buffer.append(batch('a', 0, 5))
    buffer.append(batch('a', 0, 2))
    buffer.append(batch('a', 2, 1))
    expect(Array.from(buffer.columns().utc_ms)).toEqual([0, 1000, 2000])
  })
})

describe('rowsUntil', () => {
  it('counts rows up to and including the instant (exact)', () => {
    const { utc_ms } = batch('a', 10, 5).columns
    expect([9_999, 10_000, 12_500, 99_000].map((at) => rowsUntil(utc_ms, at))).toEqual([0, 1, 3, 5])
    expect(cutColumns(batch('a', 10, 5).columns, 3).utc_ms.length).toBe(3)
  })
})
