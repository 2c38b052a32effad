/** The stretch of time the timeline's detail shows: pan, zoom, and where an instant lies in it. */

export interface TimeView {
  from_ms: number
  to_ms: number
}

const HOUR_MS = 3_600_000
const MIN_SPAN_MS = HOUR_MS / 2
export const DEFAULT_SPAN_MS = 10 * HOUR_MS
const STEPS_MS = [5, 10, 20, 30, 60, 120, 240, 360, 720, 1440].map((minutes) => minutes * 60_000)

/** Place of an instant, percent of the view's width. */
export const percent = (view: TimeView, utc_ms: number): number =>
  ((utc_ms - view.from_ms) / (view.to_ms - view.from_ms)) * 100

/** A view of the same span around an instant. */
export function centred(centre_ms: number, span_ms: number): TimeView {
  return { from_ms: centre_ms - span_ms / 2, to_ms: centre_ms + span_ms / 2 }
}

/** The view moved by a share of its span, held so that its middle stays in the horizon. */
export function panned(view: TimeView, share: number, horizon: TimeView): TimeView {
  const span_ms = view.to_ms - view.from_ms
  const centre_ms = view.from_ms + span_ms * (0.5 + share)
  const held_ms = Math.min(horizon.to_ms, Math.max(horizon.from_ms, centre_ms))
  return centred(held_ms, span_ms)
}

/** The view zoomed about an instant; `factor` below 1 shows less. From half an hour to the horizon. */
export function zoomed(
  view: TimeView,
  factor: number,
  about_ms: number,
  horizon: TimeView,
): TimeView {
  const span_ms = view.to_ms - view.from_ms
  const longest_ms = Math.max(MIN_SPAN_MS, horizon.to_ms - horizon.from_ms)
  const next_ms = Math.min(longest_ms, Math.max(MIN_SPAN_MS, span_ms * factor))
  const share = (about_ms - view.from_ms) / span_ms
  const from_ms = about_ms - share * next_ms
  return panned({ from_ms, to_ms: from_ms + next_ms }, 0, horizon)
}

/** Round instants inside the view, at most `most` of them. */
export function ticks(view: TimeView, most: number): number[] {
  const span_ms = view.to_ms - view.from_ms
  const step_ms = STEPS_MS.find((step) => span_ms / step <= most) ?? 2 * 24 * HOUR_MS
  const first_ms = Math.ceil(view.from_ms / step_ms) * step_ms
  const count = Math.max(0, Math.floor((view.to_ms - first_ms) / step_ms) + 1)
  return Array.from({ length: count }, (_, index) => first_ms + index * step_ms)
}

/** UTC midnights inside the view. */
export const midnights = (view: TimeView): number[] => {
  const day_ms = 24 * HOUR_MS
  const first_ms = Math.ceil(view.from_ms / day_ms) * day_ms
  const count = Math.max(0, Math.floor((view.to_ms - first_ms) / day_ms) + 1)
  return Array.from({ length: count }, (_, index) => first_ms + index * day_ms)
}
