/** Live telemetry: batches go into typed arrays, views hear of it at most ten times a second. */
import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef } from 'vue'
import type { TelemetryBatch } from '@domain/model/telemetry'
import { listenToTelemetry } from '../api'
import { TelemetryBuffer } from './telemetry-buffer'

/** Views are notified at most this often, ms of wall time. */
const NOTIFY_EVERY_MS = 100
/** A running contact without telemetry for longer than this is stale, ms of wall time. */
const STALE_AFTER_MS = 3000

export const useTelemetry = defineStore('telemetry', () => {
  const buffer = markRaw(new TelemetryBuffer())
  const version = shallowRef(0)
  const heard_ms = shallowRef(performance.now())
  const clock_ms = shallowRef(performance.now())
  let waiting = 0

  function notify(): void {
    waiting = 0
    version.value += 1
  }

  function append(batch: TelemetryBatch): void {
    buffer.append(batch)
    heard_ms.value = clock_ms.value = performance.now()
    if (!waiting) waiting = window.setTimeout(notify, NOTIFY_EVERY_MS)
  }

  /** Forgets what an earlier contact sent. */
  function reset(contactId: string): void {
    if (buffer.contactId !== contactId) buffer.reset(contactId)
    heard_ms.value = clock_ms.value = performance.now()
    notify()
  }

  /** The rows so far; reading it makes a view depend on the next notice. */
  const columns = computed(() => {
    void version.value
    return buffer.columns()
  })
  /** Mission time of the last row, POSIX ms; NaN before the first. */
  const last_ms = computed(() => columns.value.utc_ms.at(-1) ?? NaN)
  /** Wall time since the last batch, s. */
  const age_s = computed(() => Math.max(0, clock_ms.value - heard_ms.value) / 1000)
  const stale = computed(() => age_s.value * 1000 > STALE_AFTER_MS)

  /** Listens to the engine; returns the way to stop. */
  function start(): () => void {
    const stop = listenToTelemetry(append)
    const timer = window.setInterval(() => (clock_ms.value = performance.now()), 500)
    return () => {
      stop()
      window.clearInterval(timer)
    }
  }

  return { version, columns, last_ms, age_s, stale, append, reset, start }
})
