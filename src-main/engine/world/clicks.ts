/** Clicks in columns: what happens at the receiver before it is reported, on the true clock. */

export interface Clicks {
  time_ps: Float64Array
  /** tagChannels of the detectors, 0-3. */
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

/** Clicks that a test on their times keeps. */
export function clicksWhere(clicks: Clicks, keep: (time_ps: number) => boolean): Clicks {
  const kept = clicks.time_ps.map((time_ps) => (keep(time_ps) ? 1 : 0))
  return {
    time_ps: clicks.time_ps.filter((_, i) => kept[i]),
    channel: clicks.channel.filter((_, i) => kept[i]),
    after_ps: clicks.after_ps.filter((_, i) => kept[i]),
  }
}
