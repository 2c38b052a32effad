/** Clicks in columns: what happens at the receiver before it is reported, on the true clock. */

export interface Clicks {
  time_ps: Float64Array
  /** tagChannels: 0-3 detectors, 4 sync. */
  channel: Uint8Array
  /** Delay of a click's afterpulse, 0 for none; it happens only when the click itself is reported. */
  after_ps: Float64Array
}

/** Columns for a number of clicks, all zero. */
export const emptyClicks = (count: number): Clicks => ({
  time_ps: new Float64Array(count),
  channel: new Uint8Array(count),
  after_ps: new Float64Array(count),
})

function copyRow(from: Clicks, i: number, to: Clicks, k: number): void {
  to.time_ps[k] = from.time_ps[i]
  to.channel[k] = from.channel[i]
  to.after_ps[k] = from.after_ps[i]
}

function swapRows(clicks: Clicks, i: number, k: number): void {
  const { time_ps, channel, after_ps } = clicks
  ;[time_ps[i], time_ps[k]] = [time_ps[k], time_ps[i]]
  ;[channel[i], channel[k]] = [channel[k], channel[i]]
  ;[after_ps[i], after_ps[k]] = [after_ps[k], after_ps[i]]
}

/** Puts nearly ordered clicks in time order, in place: jitter swaps few neighbours. */
export function orderClicks(clicks: Clicks): Clicks {
  const { time_ps } = clicks
  for (let i = 1; i < time_ps.length; i++)
    for (let k = i; k > 0 && time_ps[k] < time_ps[k - 1]; k--) swapRows(clicks, k, k - 1)
  return clicks
}

/** Two ordered columns as one. */
export function mergeClicks(a: Clicks, b: Clicks): Clicks {
  const merged = emptyClicks(a.time_ps.length + b.time_ps.length)
  let i = 0
  let j = 0
  for (let k = 0; k < merged.time_ps.length; k++) {
    const first = j >= b.time_ps.length || (i < a.time_ps.length && a.time_ps[i] <= b.time_ps[j])
    if (first) copyRow(a, i++, merged, k)
    else copyRow(b, j++, merged, k)
  }
  return merged
}

/** Rows from one place to the end, copied. */
export const clicksFrom = (clicks: Clicks, from: number): Clicks => ({
  time_ps: clicks.time_ps.slice(from),
  channel: clicks.channel.slice(from),
  after_ps: clicks.after_ps.slice(from),
})
