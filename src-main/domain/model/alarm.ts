/** Status words and shapes of the Astro UXDS status system, and the pass log. */

export const statuses = ['critical', 'serious', 'caution', 'normal', 'standby', 'off'] as const
export type Status = (typeof statuses)[number]

/** One line of the event log; routine lines have no status. */
export interface LogEntry {
  utc_ms: number
  text: string
  status?: Status
}

/** A problem is a value: what was being done, what was wrong, and the way out. */
export interface Problem {
  severity: Extract<Status, 'critical' | 'serious' | 'caution'>
  text: string
  wayOut: string
}
