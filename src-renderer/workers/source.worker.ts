/** Looks for the best source of a pass off the window's thread. */
import { bestSource } from '../plan/best-source'
import type { BestSource, SourceJob } from '../plan/best-source'

export interface SourceQuestion {
  id: number
  job: SourceJob
}
export type SourceAnswer =
  { id: number; ok: true; found: BestSource } | { id: number; ok: false; reason: string }

function work({ id, job }: SourceQuestion): SourceAnswer {
  try {
    return { id, ok: true, found: bestSource(job) }
  } catch (cause) {
    return { id, ok: false, reason: cause instanceof Error ? cause.message : String(cause) }
  }
}

self.onmessage = (event: MessageEvent<SourceQuestion>): void => self.postMessage(work(event.data))
