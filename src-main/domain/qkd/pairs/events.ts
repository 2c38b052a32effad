/**
 * Time tags of one station as events: tags nearer than the coincidence window are one event, of which one tag is
 * drawn at random, so that a double click of one setting is a random bit and of two settings a random setting.
 */
import type { TagBatch } from '../../model/tags'
import { outcomeOf, settingOf } from './settings'

/** Events of a station in time order, columns of one length. */
export interface PairEvents {
  time_ps: Float64Array
  setting: Uint8Array
  /** Never leaves the station but by the rules of sifting. */
  outcome: Uint8Array
}

/**
 * @param window_ps full coincidence window.
 * @param randomIndex a fresh random whole number below its argument.
 * @returns events of the batch; a group is never joined across batches, which are parted by their seconds.
 */
export function eventsOf(
  { time_ps, channel }: TagBatch,
  window_ps: number,
  randomIndex: (below: number) => number,
): PairEvents {
  const events: PairEvents = {
    time_ps: new Float64Array(time_ps.length),
    setting: new Uint8Array(time_ps.length),
    outcome: new Uint8Array(time_ps.length),
  }
  let count = 0
  for (let i = 0; i < time_ps.length;) {
    let end = i + 1
    while (end < time_ps.length && time_ps[end] - time_ps[end - 1] < window_ps) end += 1
    const chosen = end - i === 1 ? i : i + randomIndex(end - i)
    events.time_ps[count] = time_ps[chosen]
    events.setting[count] = settingOf(channel[chosen])
    events.outcome[count++] = outcomeOf(channel[chosen])
    i = end
  }
  return {
    time_ps: events.time_ps.slice(0, count),
    setting: events.setting.slice(0, count),
    outcome: events.outcome.slice(0, count),
  }
}
