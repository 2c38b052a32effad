/** Tags in time order, collected slot after slot in memory that is kept; and the join with the sync receiver's. */
import { tagChannels, type TagBatch } from '../../domain/model/tags'

export class TagColumn {
  private time_ps = new Float64Array(0)
  private channel = new Uint8Array(0)
  private count = 0

  /** Empties the column and makes room. */
  clear(room: number): void {
    this.count = 0
    if (room <= this.time_ps.length) return
    this.time_ps = new Float64Array(room)
    this.channel = new Uint8Array(room)
  }

  /** Beyond the room nothing is kept: `clear` has to know how many can come. */
  add(time_ps: number, channel: number): void {
    this.time_ps[this.count] = time_ps
    this.channel[this.count++] = channel
  }

  /** The tags so far, in the column's own memory: good until it is cleared. */
  tags(): TagBatch {
    return {
      time_ps: this.time_ps.subarray(0, this.count),
      channel: this.channel.subarray(0, this.count),
    }
  }
}

/**
 * Detector tags and sync pulses as one batch in time order; columns of its own.
 * @param sync_ps in time order.
 */
export function withSync(tags: TagBatch, sync_ps: Float64Array): TagBatch {
  const { time_ps: tag_ps, channel: tagChannel } = tags
  const count = tag_ps.length
  const size = count + sync_ps.length
  const time_ps = new Float64Array(size)
  const channel = new Uint8Array(size).fill(tagChannels.sync)
  let place = 0
  let next = 0
  for (let i = 0; i <= sync_ps.length; i++) {
    const sync = i < sync_ps.length ? sync_ps[i] : Infinity
    for (; next < count && tag_ps[next] <= sync; next++) {
      channel[place] = tagChannel[next]
      time_ps[place++] = tag_ps[next]
    }
    if (place < size) time_ps[place++] = sync
  }
  return { time_ps, channel }
}
