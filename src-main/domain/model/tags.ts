/** Time tags as any tagger yields them, simulated or hardware. */

/** Detector channels of the four-state analyser, and the synchronisation receiver. */
export const tagChannels = { x0: 0, x1: 1, z0: 2, z1: 3, sync: 4 } as const

/** What the receiver's own instruments read while a batch was taken. */
export interface ReceiverMonitor {
  /** Highest current that the detectors together drew from their bias supply. */
  bias_current_uA: number
}

/** Tags in time order; `time_ps` counts from the tagger's start (exact in a double up to 2.5 h). */
export interface TagBatch {
  channel: Uint8Array
  time_ps: Float64Array
  /** Absent when the receiver has no such instruments. */
  monitor?: ReceiverMonitor
}
