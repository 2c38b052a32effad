/** Clicks of one end in columns, on the true clock, before dead time. */

export interface PairClicks {
  time_ps: Float64Array
  channel: Uint8Array
}

/** Columns of a length, all zero. */
export const emptyPairClicks = (count: number): PairClicks => ({
  time_ps: new Float64Array(count),
  channel: new Uint8Array(count),
})

/** Puts nearly ordered clicks in time order, in place: jitter swaps few neighbours. */
export function orderPairClicks(clicks: PairClicks): PairClicks {
  const { time_ps, channel } = clicks
  for (let i = 1; i < time_ps.length; i += 1) {
    if (time_ps[i] >= time_ps[i - 1]) continue
    const [time, one] = [time_ps[i], channel[i]]
    let k = i
    for (; k > 0 && time_ps[k - 1] > time; k -= 1) {
      time_ps[k] = time_ps[k - 1]
      channel[k] = channel[k - 1]
    }
    time_ps[k] = time
    channel[k] = one
  }
  return clicks
}

/** Two ordered columns as one. */
export function mergePairClicks(a: PairClicks, b: PairClicks): PairClicks {
  const size = a.time_ps.length + b.time_ps.length
  const merged = emptyPairClicks(size)
  for (let i = 0, j = 0, k = 0; k < size; k += 1) {
    const first = j >= b.time_ps.length || (i < a.time_ps.length && a.time_ps[i] <= b.time_ps[j])
    merged.time_ps[k] = first ? a.time_ps[i] : b.time_ps[j]
    merged.channel[k] = first ? a.channel[i++] : b.channel[j++]
  }
  return merged
}

/** Rows from one place up to another, copied. */
export const slicedPairClicks = (
  { time_ps, channel }: PairClicks,
  from: number,
  to?: number,
): PairClicks => ({
  time_ps: time_ps.slice(from, to),
  channel: channel.slice(from, to),
})
