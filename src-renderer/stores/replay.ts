/** The recording on the desk and its playhead. */
import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef, watch } from 'vue'
import type { Problem } from '@domain/model/alarm'
import type { Recording } from '@domain/model/recording'
import { ask } from '../api'
import { useProblems } from './problems'
import { cutColumns, rowsUntil } from './telemetry-buffer'

export const MIN_SPEED = 1
export const MAX_SPEED = 600
/** The playhead moves this often while playing, ms of wall time. */
const TICK_MS = 50

export const useReplay = defineStore('replay', () => {
  const problems = useProblems()
  const recording = shallowRef<Recording | null>(null)
  const list = shallowRef<{ path: string; name: string }[]>([])
  const problem = shallowRef<Problem | null>(null)
  const loading = shallowRef(false)
  const head_ms = shallowRef(NaN)
  const speed = shallowRef(10)
  const playing = shallowRef(false)

  const from_ms = computed(() => recording.value?.telemetry.utc_ms[0] ?? NaN)
  const to_ms = computed(() => recording.value?.telemetry.utc_ms.at(-1) ?? NaN)
  const rows = computed(() =>
    recording.value ? rowsUntil(recording.value.telemetry.utc_ms, head_ms.value) : 0,
  )
  /** What was known at the playhead. */
  const columns = computed(() =>
    recording.value ? cutColumns(recording.value.telemetry, rows.value) : null,
  )

  /**
   * Opens a recording by path, or asks for one. A problem stays on an empty desk; with a recording there,
   * that one stays and the problem is shown beside it.
   */
  async function open(path?: string): Promise<void> {
    loading.value = true
    const answer = await ask('recordings:open', path ? { path } : {})
    loading.value = false
    if (!answer.ok && recording.value) problems.report(answer.problem)
    else if (!answer.ok) problem.value = answer.problem
    else if (answer.value) show(answer.value)
  }

  function show(next: Recording): void {
    problem.value = null
    playing.value = false
    recording.value = markRaw(next)
    head_ms.value = from_ms.value
    const exchange = Date.parse(next.head.exchange_from_utc)
    if (exchange > from_ms.value && exchange < to_ms.value) head_ms.value = exchange
  }

  async function refreshList(): Promise<void> {
    const answer = await ask('recordings:list', undefined)
    if (answer.ok) list.value = answer.value
    else problem.value = answer.problem
  }

  /** Moves the playhead, held inside the recording. */
  function seek(utc_ms: number): void {
    if (!recording.value || Number.isNaN(utc_ms)) return
    head_ms.value = Math.min(to_ms.value, Math.max(from_ms.value, utc_ms))
  }
  const step = (seconds: number): void => seek(head_ms.value + seconds * 1000)
  const setSpeed = (next: number): void => {
    if (Number.isFinite(next)) speed.value = Math.min(MAX_SPEED, Math.max(MIN_SPEED, next))
  }

  /** Plays from the playhead, or from the start when it stands at the end. */
  function toggle(): void {
    if (!recording.value) return
    if (!playing.value && head_ms.value >= to_ms.value) seek(from_ms.value)
    playing.value = !playing.value
  }

  watch(playing, (on, _was, onCleanup) => {
    if (!on) return
    let last = performance.now()
    const timer = window.setInterval(() => {
      const now = performance.now()
      seek(head_ms.value + (now - last) * speed.value)
      last = now
      if (head_ms.value >= to_ms.value) playing.value = false
    }, TICK_MS)
    onCleanup(() => window.clearInterval(timer))
  })

  return {
    recording,
    list,
    problem,
    loading,
    head_ms,
    speed,
    playing,
    from_ms,
    to_ms,
    columns,
    open,
    refreshList,
    seek,
    step,
    setSpeed,
    toggle,
  }
})
