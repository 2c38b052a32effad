/** The timeline's stretch of time and the hands on it: keys, wheel, drag. Follows the selected pass. */
import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { registerCommands } from '../commands'
import { messages } from '../messages'
import { useMission } from '../stores/mission'
import { useCandidates } from './candidates-store'
import { centred, DEFAULT_SPAN_MS, panned, zoomed } from './timeline-view'
import type { TimeView } from './timeline-view'

/** Kept while another workspace is in front. */
const view = shallowRef<TimeView>(centred(0, DEFAULT_SPAN_MS))
const STEP = 0.1
const ZOOM = 0.75

export interface Timeline {
  view: Ref<TimeView>
  horizon: ComputedRef<TimeView>
  centreOn: (utc_ms: number) => void
  onKey: (event: KeyboardEvent) => void
  onWheel: (event: WheelEvent) => void
  onDrag: (event: PointerEvent) => void
}

export function useTimeline(): Timeline {
  const mission = useMission()
  const store = useCandidates()
  const horizon = computed<TimeView>(() => ({
    from_ms: mission.resolved?.start_ms ?? 0,
    to_ms: mission.resolved?.end_ms ?? DEFAULT_SPAN_MS,
  }))
  const span_ms = (): number => view.value.to_ms - view.value.from_ms
  const middle_ms = (): number => view.value.from_ms + span_ms() / 2
  const selected_ms = (): number | null =>
    store.selected ? Date.parse(store.selected.pass.tca.utc) : null

  const pan = (share: number): void => void (view.value = panned(view.value, share, horizon.value))
  const zoom = (factor: number, about_ms = selectedInView() ?? middle_ms()): void =>
    void (view.value = zoomed(view.value, factor, about_ms, horizon.value))
  const centreOn = (utc_ms: number): void => void (view.value = centred(utc_ms, span_ms()))
  const home = (): void => centreOn(selected_ms() ?? horizon.value.from_ms)

  function selectedInView(): number | null {
    const at_ms = selected_ms()
    if (at_ms === null) return null
    return at_ms >= view.value.from_ms && at_ms <= view.value.to_ms ? at_ms : null
  }
  function step(by: number): void {
    const ids = store.shown.map(({ pass }) => pass.id)
    const at = ids.indexOf(store.selectedId ?? '')
    store.selectedId = ids[Math.min(ids.length - 1, Math.max(0, at + by))] ?? null
  }

  const keys: Record<string, (event: KeyboardEvent) => void> = {
    ArrowLeft: (event) => pan(event.shiftKey ? -1 : -STEP),
    ArrowRight: (event) => pan(event.shiftKey ? 1 : STEP),
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
    Enter: () => store.selected && void store.toggle(store.selected),
  }
  function onKey(event: KeyboardEvent): void {
    const act = event.ctrlKey || event.altKey ? undefined : keys[event.key]
    if (!act) return
    event.preventDefault()
    act(event)
  }
  function onWheel(event: WheelEvent): void {
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      return pan(Math.sign(event.deltaX || event.deltaY) * STEP)
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    const share = (event.clientX - box.left - NAME_PX) / (box.width - NAME_PX)
    zoom(event.deltaY < 0 ? ZOOM : 1 / ZOOM, view.value.from_ms + share * span_ms())
  }
  function onDrag(event: PointerEvent): void {
    const { width } = (event.currentTarget as HTMLElement).getBoundingClientRect()
    if (event.buttons === 1) pan(-event.movementX / (width - NAME_PX))
  }

  watch(
    [() => store.selectedId, () => store.finding.is],
    () => {
      if (selectedInView() === null) home()
    },
    { immediate: true },
  )
  registerCommands(timelineCommands(pan, zoom, home))
  return { view, horizon, centreOn, onKey, onWheel, onDrag }
}

/** Width of the column of names. */
const NAME_PX = 124

const timelineCommands = (
  pan: (share: number) => void,
  zoom: (factor: number) => void,
  home: () => void,
): Parameters<typeof registerCommands>[0] => {
  const { commands } = messages
  const workspace = 'plan'
  return [
    {
      id: 'timeline.in',
      title: commands.zoomIn,
      keys: ['+', '='],
      workspace,
      run: () => zoom(ZOOM),
    },
    {
      id: 'timeline.out',
      title: commands.zoomOut,
      keys: ['-'],
      workspace,
      run: () => zoom(1 / ZOOM),
    },
    {
      id: 'timeline.earlier',
      title: commands.earlier,
      keys: ['ArrowLeft'],
      workspace,
      run: () => pan(-STEP),
    },
    {
      id: 'timeline.later',
      title: commands.later,
      keys: ['ArrowRight'],
      workspace,
      run: () => pan(STEP),
    },
    { id: 'timeline.home', title: commands.wholeHorizon, keys: ['Home'], workspace, run: home },
  ]
}
